package dev.runs.application.queue;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.runId;
import static dev.runs.domain.run.RunFixtures.uuid;

import dev.runs.application.queue.Jobs.NewJob;
import dev.runs.application.queue.Leases.NewLease;
import dev.runs.application.queue.Leases.Shown;
import dev.runs.application.queue.WaitingRuns.Line;
import dev.runs.application.queue.WaitingRuns.NewWaiting;
import dev.runs.application.queue.WaitingRuns.Readiness;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.JobKey;
import dev.runs.domain.queue.JobRequest;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.LeaseToken;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.queue.Priority;
import dev.runs.domain.queue.Waiting;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunSpace;
import java.time.Duration;
import java.util.Optional;

/** Queued runs as every test of the queue knows them. */
public final class QueueFixtures {

  public static final Kind PULL = new Kind("script.pull");
  public static final Kind SYNC = new Kind("sync.aux/colors");
  public static final WorkerId WORKER = new WorkerId("worker-1");
  public static final Payload EMPTY = new Payload("{}");
  public static final Duration MINUTE = Duration.ofMinutes(1);

  private QueueFixtures() {}

  /** A root of Acme's that waits since noon. */
  public static Run queuedRun(long number) {
    return queuedRun(RunPath.ofRoot(runId(number)), ACME.id(), number);
  }

  /** A run of Acme's below another one that waits since noon. */
  public static Run queuedBelow(Run parent, long number) {
    return queuedRun(parent.path().child(runId(number)), parent.organization(), number);
  }

  private static Run queuedRun(RunPath path, OrganizationId organization, long number) {
    return Run.queued(
        path,
        organization,
        RunSpace.DEFAULT,
        new RunName("r" + number),
        new RunOrigin(Kind.SERVICE, PULL.value()),
        NOON);
  }

  /** A job of Acme's that nobody has claimed. */
  public static Job job(Run run, Optional<String> key) {
    return Job.waiting(
        run.id(),
        new JobRequest(
            PULL,
            EMPTY,
            Optional.empty(),
            Priority.USUAL,
            Optional.empty(),
            Optional.empty(),
            key.map(JobKey::new),
            "fingerprint",
            Optional.empty()));
  }

  public static NewJob newJob(Run run) {
    return new NewJob(job(run, Optional.empty()), run.organization(), EMPTY);
  }

  public static NewJob newJob(Run run, String key) {
    return new NewJob(job(run, Optional.of(key)), run.organization(), EMPTY);
  }

  public static Line line(OrganizationId organization, Kind kind) {
    return new Line(organization, Slug.DEFAULT, kind);
  }

  public static NewWaiting ready(long number, Line line) {
    return waiting(number, line, 0, new Readiness.Now());
  }

  public static NewWaiting waiting(long number, Line line, int priority, Readiness readiness) {
    return new NewWaiting(
        new Waiting(
            runId(number),
            line.organization(),
            line.project(),
            line.kind(),
            new Priority(priority),
            NOON),
        readiness);
  }

  /** A lease of Acme's run with a token of the same number, of the first attempt. */
  public static NewLease lease(long number, Duration length) {
    return lease(number, line(ACME.id(), PULL), length, Optional.empty());
  }

  public static NewLease lease(
      long number, Line line, Duration length, Optional<Duration> timeout) {
    return new NewLease(
        runId(number),
        line.organization(),
        line.project(),
        line.kind(),
        1,
        token(number),
        WORKER,
        length,
        timeout);
  }

  public static LeaseToken token(long number) {
    return new LeaseToken(uuid(0xE000 + number));
  }

  /** What the worker shows to whom such a lease was given. */
  public static Shown shown(long number) {
    return new Shown(runId(number), 1, token(number), WORKER);
  }
}
