package dev.runs.adapters.rest;

import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Tests that share one world; what they must not share is made by each of them anew. */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class RestTest {

  /** An id that is nobody's. */
  protected static final String NOBODY = "018f0000-0000-7000-8000-00000000dead";

  protected final RestWorld world = new RestWorld();
  protected final Client client = world.client();
}
