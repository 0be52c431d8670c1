package dev.runs.application.queue;

import static dev.runs.application.queue.QueueFixtures.PULL;
import static dev.runs.application.queue.QueueFixtures.SYNC;
import static dev.runs.application.queue.QueueFixtures.WORKER;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.Caller;
import dev.runs.application.Receipt;
import dev.runs.application.RequestRejected;
import dev.runs.application.UseCaseTest;
import dev.runs.application.event.SequenceEvents;
import dev.runs.application.queue.ClaimRuns.Claimed;
import dev.runs.application.queue.Leases.Shown;
import dev.runs.application.queue.ReportOutcomes.Report;
import dev.runs.application.queue.ShowQueue.KindState;
import dev.runs.application.run.NewRun;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Role;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.access.Slug;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import dev.runs.domain.queue.Backoff;
import dev.runs.domain.queue.JobRequest;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.KindPolicy;
import dev.runs.domain.queue.Outcome;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.queue.Priority;
import dev.runs.domain.secret.Input;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The queue as people see it, and what they do about a kind. */
final class ShowQueueTest extends UseCaseTest {

  private static final Outcome DONE = new Outcome.Succeeded(Optional.empty(), Optional.empty());

  private final SplittableRandom random = new SplittableRandom(1);
  private final QueueUseCases queue = QueueUseCases.over(world, ids, clock, random, random);
  private final EditKinds editKinds = queue.editKinds();
  private final ShowQueue showQueue =
      new ShowQueue(
          world.queueContents(),
          world.kindActivities(),
          world.kindPolicies(),
          world.transactions(),
          clock);
  private final ShowWorkers showWorkers =
      new ShowWorkers(world.queueContents(), world.transactions());
  private final SequenceEvents sequence =
      new SequenceEvents(
          world.runEventLog(),
          new TallyKinds(world.kindActivities(), clock),
          world.transactions(),
          100,
          () -> {});

  @Test
  void showsWhatWaitsWhatRunsAndWhatEndedLately() {
    enqueue(SYNC);
    enqueue(SYNC);
    enqueue(SYNC);
    var claimed = claim(2);
    report(claimed.getFirst(), DONE);
    sequence.sequence();

    var state = only(showQueue.list(OF_ACME, Optional.empty(), 10).items());

    assertThat(state.kind()).isEqualTo(SYNC);
    assertThat(state.load().ready()).isEqualTo(new Amount(1, true));
    assertThat(state.load().running()).isEqualTo(new Amount(1, true));
    assertThat(state.lately()).isEqualTo(new KindActivity(1, 0, 0, 0, 0, 0));
    assertThat(state.since()).isEqualTo(NOON.minus(ShowQueue.LATELY));
    assertThat(state.policy()).isEmpty();
    assertThat(state.isPaused()).isFalse();
    assertThat(showQueue.list(OF_GLOBEX, Optional.empty(), 10).items()).isEmpty();

    var view = showQueue.show(OF_ACME, SYNC);
    assertThat(view.state()).isEqualTo(state);
    assertThat(view.ready()).hasSize(1);
    assertThat(view.delayed()).isEmpty();
    assertThat(view.running()).extracting(QueueContents.Executed::worker).containsExactly(WORKER);
    assertThat(view.past()).containsOnlyKeys(NOON);
    assertThat(view.pastFrom()).isEqualTo(NOON.minus(ShowQueue.PAST));
  }

  @Test
  void forgetsWhatEndedLongAgo() {
    enqueue(SYNC);
    report(claim(1).getFirst(), DONE);
    sequence.sequence();
    clock.advance(ShowQueue.LATELY.plus(KindActivities.STRETCH));

    assertThat(only(showQueue.list(OF_ACME, Optional.empty(), 10).items()).lately())
        .isEqualTo(KindActivity.NONE);

    clock.advance(TallyKinds.KEPT);
    enqueue(PULL);
    sequence.sequence();
    assertThat(showQueue.list(OF_ACME, Optional.empty(), 10).items())
        .extracting(KindState::kind)
        .containsExactly(PULL);
  }

  @Test
  void showsKindsPageByPage() {
    enqueue(SYNC);
    enqueue(PULL);

    var first = showQueue.list(OF_ACME, Optional.empty(), 1);
    var second = showQueue.list(OF_ACME, first.next(), 1);

    assertThat(only(first.items()).kind()).isEqualTo(PULL);
    assertThat(only(second.items()).kind()).isEqualTo(SYNC);
    assertThat(second.next()).isEmpty();
    assertThatExceptionOfType(RequestRejected.BadCursor.class)
        .isThrownBy(() -> showQueue.list(OF_ACME, Optional.of("%"), 1));
    assertThatExceptionOfType(RequestRejected.BadCursor.class)
        .isThrownBy(() -> showQueue.list(OF_ACME, Optional.of(""), 1));
  }

  @Test
  void showsAKindOfWhichNothingIsKnown() {
    var view = showQueue.show(OF_ACME, new Kind("unheard of"));

    assertThat(view.state().load().ready()).isEqualTo(Amount.NONE);
    assertThat(view.ready()).isEmpty();
    assertThat(view.past()).isEmpty();
  }

  @Test
  void showsWhoExecutesRuns() {
    enqueue(SYNC);
    claim(1);

    var workers = showWorkers.show(OF_ACME);

    assertThat(workers.hasMore()).isFalse();
    assertThat(only(workers.workers()).id()).isEqualTo(WORKER);
    assertThat(showWorkers.show(OF_GLOBEX).workers()).isEmpty();
  }

  @Test
  void startsNothingOfAKindFromItsPauseToItsResumption() {
    enqueue(SYNC);

    assertThat(editKinds.pause(OF_ACME, SYNC).isPaused()).isTrue();
    assertThat(claim(1)).isEmpty();
    assertThat(showQueue.show(OF_ACME, SYNC).state().isPaused()).isTrue();

    assertThat(editKinds.resume(OF_ACME, SYNC).isPaused()).isFalse();
    assertThat(claim(1)).hasSize(1);
  }

  @Test
  void letsRunsGoOnThatAreExecutedWhenTheirKindIsPaused() {
    enqueue(SYNC);
    var claimed = claim(1).getFirst();
    editKinds.pause(OF_ACME, SYNC);

    report(claimed, DONE);

    assertThat(showQueue.show(OF_ACME, SYNC).state().load().running()).isEqualTo(Amount.NONE);
  }

  @Test
  void keepsWhatElseIsSaidOfAKindThatIsPaused() {
    var said =
        new KindPolicy(
            ACME.id(),
            SYNC,
            7,
            Backoff.USUAL,
            Optional.of(Duration.ofHours(1)),
            Optional.of(3),
            Optional.of(60),
            false,
            NOON);
    editKinds.put(OF_ACME, said);
    clock.advance(Duration.ofMinutes(1));

    assertThat(editKinds.pause(OF_ACME, SYNC)).isEqualTo(said.paused(true, clock.instant()));
  }

  @Test
  void notesWhatChangedAndNothingElse() {
    editKinds.resume(OF_ACME, SYNC);
    editKinds.pause(OF_ACME, SYNC);
    editKinds.pause(OF_ACME, SYNC);

    var noted = only(world.auditLog().all());
    assertThat(noted.action()).isEqualTo(AuditAction.KIND_CHANGED);
    assertThat(noted).extracting(AuditEntry::details).isEqualTo(Map.of("paused", "true"));
    assertThat(world.kindPolicies().find(ACME.id(), SYNC)).isPresent();
  }

  @Test
  void letsOperatorsPauseAndAdministratorsDecideTheRest() {
    var operator = with(Role.OPERATOR.scopes(), Reach.within(ACME.id()));
    var viewer = with(Role.VIEWER.scopes(), Reach.within(ACME.id()));
    var policy = KindPolicy.usual(ACME.id(), SYNC, NOON);

    assertThat(editKinds.pause(operator, SYNC).isPaused()).isTrue();
    assertThatExceptionOfType(AccessRejected.ScopeMissing.class)
        .isThrownBy(() -> editKinds.pause(viewer, SYNC));
    assertThatExceptionOfType(AccessRejected.ScopeMissing.class)
        .isThrownBy(() -> editKinds.resume(viewer, SYNC));
    assertThatExceptionOfType(AccessRejected.ScopeMissing.class)
        .isThrownBy(() -> editKinds.put(operator, policy));
    assertThatExceptionOfType(AccessRejected.ScopeMissing.class)
        .isThrownBy(() -> editKinds.remove(operator, SYNC));
    assertThat(showQueue.show(viewer, SYNC).state().isPaused()).isTrue();
  }

  @Test
  void letsNobodyPauseWhoIsBoundToProjects() {
    var bound =
        with(Scopes.of(Scope.RUNS_WRITE), new Reach.Within(ACME.id(), Set.of(new Slug("web"))));

    assertThatExceptionOfType(AccessRejected.BoundToProjects.class)
        .isThrownBy(() -> editKinds.pause(bound, SYNC));
  }

  private static Caller with(Scopes scopes, Reach reach) {
    var access = new Access(OF_ACME.principal(), reach, scopes, Optional.empty());
    return new Caller(access, ACME.id(), OF_ACME.origin());
  }

  private void enqueue(Kind kind) {
    var request =
        new JobRequest(
            kind,
            new Payload("{}"),
            Optional.empty(),
            Priority.USUAL,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "f",
            Optional.empty());
    queue
        .createRuns()
        .create(
            OF_ACME,
            NewRun.queued(
                ACME.id(),
                Optional.empty(),
                Optional.empty(),
                request,
                new Input.Members(Map.of())),
            Receipt.none());
  }

  private List<Claimed> claim(int limit) {
    return queue
        .claimRuns()
        .claim(
            OF_ACME,
            new ClaimRuns.Request(WORKER, Set.of(), limit, Duration.ofMinutes(1)),
            Duration.ZERO);
  }

  private void report(Claimed claimed, Outcome outcome) {
    queue.reportOutcomes().report(OF_ACME, new Report(Shown.of(claimed.lease()), outcome));
  }

  private static <T> T only(List<T> items) {
    assertThat(items).hasSize(1);
    return items.getFirst();
  }
}
