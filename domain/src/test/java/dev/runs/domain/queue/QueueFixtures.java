package dev.runs.domain.queue;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.runId;
import static dev.runs.domain.run.RunFixtures.uuid;

import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunSpace;
import java.util.Optional;

/** Queued runs of Acme's. */
public final class QueueFixtures {

  public static final Kind SYNC = new Kind("sync.storyboard");
  public static final WorkerId WORKER = new WorkerId("worker-1");
  public static final LeaseToken TOKEN = new LeaseToken(uuid(0x70CE));

  private QueueFixtures() {}

  public static JobRequest request(Kind kind) {
    return new JobRequest(
        kind,
        new Payload("{}"),
        Optional.empty(),
        Priority.USUAL,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "fingerprint",
        Optional.empty());
  }

  /** A root that waits since noon and has so many attempts. */
  public static QueuedRun waiting(long number, int maxAttempts) {
    var request = request(SYNC);
    var run =
        Run.queued(
            RunPath.ofRoot(runId(number)),
            ACME.id(),
            RunSpace.DEFAULT,
            new RunName("q" + number),
            new RunOrigin(Kind.SERVICE, SYNC.value()),
            NOON);
    return new QueuedRun(
        run,
        Job.waiting(
            run.id(),
            new JobRequest(
                SYNC,
                request.input(),
                Optional.of(maxAttempts),
                request.priority(),
                request.scheduledAt(),
                request.timeout(),
                request.key(),
                request.fingerprint(),
                request.retryOf())));
  }
}
