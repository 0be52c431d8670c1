package dev.runs.adapters.rest.request;

/** Which filter comes first; all of them before anything that would read a body. */
public final class FilterOrder {

  /** Where it is decided which surface a request is for. */
  public static final int SURFACE = -10_002;

  public static final int ACCESS_LOG = -10_001;
  public static final int PATH = -10_000;
  public static final int CROSS_ORIGIN = PATH + 1;
  public static final int ADDRESS = PATH + 2;

  /** Where a path is sent on to the one that is meant. */
  public static final int REDIRECT = PATH + 3;

  public static final int API_KEY = PATH + 4;
  public static final int CALLER_LIMIT = PATH + 5;
  public static final int BODY_LIMIT = PATH + 6;

  private FilterOrder() {}
}
