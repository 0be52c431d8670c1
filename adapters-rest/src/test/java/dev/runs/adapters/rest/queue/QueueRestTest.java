package dev.runs.adapters.rest.queue;

import dev.runs.adapters.rest.Client;
import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestTest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** Tests of the queue, in an organization of their own. */
abstract class QueueRestTest extends RestTest {

  private static final AtomicInteger KINDS = new AtomicInteger();

  protected final String organization = world.organization();

  /** The platform, acting in the organization. */
  protected final Client acme = client.within(organization);

  /** A kind of which there are no runs yet. */
  protected static String newKind() {
    return "kind-" + KINDS.incrementAndGet();
  }

  /** What a worker was given. */
  protected record Held(String id, int attempt, String token) {

    static Held of(JsonNode run) {
      return new Held(
          run.at("/id").asString(),
          run.at("/attempt").intValue(),
          run.at("/lease/leaseToken").asString());
    }

    String path(String verb) {
      return "/v1/runs/" + id + ":" + verb;
    }

    /**
     * @param more further members, each with a comma before it
     */
    String body(String more) {
      return "{'workerId':'worker','attempt':%d,'leaseToken':'%s'%s}"
          .formatted(attempt, token, more);
    }

    /** As {@link #body}, as an item of a batch. */
    String item(String more) {
      return "{'id':'" + id + "'," + body(more).substring(1);
    }
  }

  /**
   * Asks for a run.
   *
   * @param more further members, each with a comma before it
   */
  protected Answer enqueue(String kind, String more) {
    return acme.post("/v1/runs", "{'kind':'" + kind + "'" + more + "}");
  }

  /** A new run that waits; its id. */
  protected String enqueued(String kind) {
    return enqueue(kind, "").is(201).textAt("/id");
  }

  /**
   * @param more further members, each with a comma before it
   */
  protected static Answer claim(Client worker, String kind, String more) {
    return worker.post(
        "/v1/runs:claim", "{'workerId':'worker','kinds':['" + kind + "']" + more + "}");
  }

  /** The run of a kind that is ready. */
  protected Held claimed(String kind) {
    return Held.of(claim(acme, kind, "").is(200).at("/runs/0"));
  }

  /** A new run that a worker holds. */
  protected Held held() {
    var kind = newKind();
    enqueued(kind);
    return claimed(kind);
  }

  protected Answer say(Held held, String verb, String more) {
    return acme.post(held.path(verb), held.body(more));
  }

  protected Answer show(String id) {
    return acme.get("/v1/runs/" + id).is(200);
  }

  /** Lets time pass, and what follows from it happen. */
  protected void pass(Duration time) {
    world.clock().advance(time);
    world.keepQueue();
  }
}
