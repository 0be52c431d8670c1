package dev.runs.application.queue;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;

import dev.runs.application.Caller;
import dev.runs.application.ItemResult;
import dev.runs.application.Receipt;
import dev.runs.application.Stores;
import dev.runs.application.queue.Leases.Shown;
import dev.runs.application.run.MadeRun;
import dev.runs.application.run.NewRun;
import dev.runs.domain.Rejection;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.queue.Backoff;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.JobKey;
import dev.runs.domain.queue.JobLimits;
import dev.runs.domain.queue.JobRequest;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.KindPolicy;
import dev.runs.domain.queue.LeaseToken;
import dev.runs.domain.queue.Outcome;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.queue.Priority;
import dev.runs.domain.queue.QueuedRun;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunReport;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import dev.runs.domain.secret.Input;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Takes the way through the use cases. */
final class UseCasesClient implements QueueClient {

  private static final Principal ACTOR = new Principal("key:test");
  private static final Caller OF_BOTH =
      new Caller(Access.ofPlatform(ACTOR), ACME.id(), Origin.LOCAL);
  private static final int TO_THE_END = 1_000;

  private final QueueUseCases queue;
  private final Stores stores;
  private final InstantSource clock;

  UseCasesClient(QueueUseCases queue, Stores stores, InstantSource clock) {
    this.queue = queue;
    this.stores = stores;
    this.clock = clock;
  }

  @Override
  public Answer<View> enqueue(Tenant tenant, Request request) {
    return answer(() ->
        view(
            queue
                .createRuns()
                .create(caller(tenant), newRun(tenant, request), Receipt.none())
                .run()
                .id()));
  }

  @Override
  public List<Answer<View>> enqueueAll(Tenant tenant, List<Request> requests) {
    var made =
        queue
            .createRuns()
            .createEach(
                caller(tenant),
                requests.stream().map(request -> newRun(tenant, request)).toList(),
                Receipt.none());
    return made.stream().map(this::answerOf).toList();
  }

  private Answer<View> answerOf(ItemResult<MadeRun> result) {
    return switch (result) {
      case ItemResult.Done<MadeRun>(var made) -> new Answer.Given<>(view(made.run().id()));
      case ItemResult.Refused<MadeRun>(var rejection) -> new Answer.Refused<>(rejection.code());
    };
  }

  @Override
  public List<Claim> claim(
      Optional<Tenant> tenant, Set<String> kinds, int limit, Duration lease, String worker) {
    var request =
        new ClaimRuns.Request(
            new WorkerId(worker),
            kinds.stream().map(Kind::new).collect(Collectors.toSet()),
            limit,
            lease);
    return queue
        .claimRuns()
        .claim(tenant.map(UseCasesClient::caller).orElse(OF_BOTH), request, Duration.ZERO)
        .stream()
        .map(claimed ->
            new Claim(
                claimed.run().id(),
                claimed.lease().attempt(),
                claimed.lease().token().value(),
                claimed.lease().worker().value(),
                Integer.parseInt(claimed.input().json())))
        .toList();
  }

  @Override
  public Answer<Kept> heartbeat(Tenant tenant, Claim claim) {
    return answer(() -> {
      var lease = queue.keepLeases().keep(caller(tenant), shown(claim), Optional.empty());
      return new Kept(lease.expiresAt(), lease.cancelBy().isPresent());
    });
  }

  @Override
  public Answer<View> report(Tenant tenant, Claim claim, Report report) {
    return answer(() ->
        view(queue.reportOutcomes().report(caller(tenant), report(claim, report)).run().id()));
  }

  @Override
  public List<Answer<View>> reportAll(Tenant tenant, List<Claim> claims, List<Report> reports) {
    var told = new ArrayList<ReportOutcomes.Report>();
    for (var i = 0; i < claims.size(); i++) {
      told.add(report(claims.get(i), reports.get(i)));
    }
    return queue.reportOutcomes().reportEach(caller(tenant), told).stream()
        .map(this::answerOfReport)
        .toList();
  }

  private Answer<View> answerOfReport(ItemResult<QueuedRun> result) {
    return switch (result) {
      case ItemResult.Done<QueuedRun>(var queued) -> new Answer.Given<>(view(queued.run().id()));
      case ItemResult.Refused<QueuedRun>(var rejection) -> new Answer.Refused<>(rejection.code());
    };
  }

  @Override
  public Answer<View> cancel(Tenant tenant, RunId run) {
    return answer(() -> view(queue.cancelRuns().cancel(caller(tenant), run, TO_THE_END).id()));
  }

  @Override
  public Answer<View> retry(Tenant tenant, RunId run) {
    return answer(
        () -> view(queue.retryRun().retry(caller(tenant), run, Receipt.none()).run().id()));
  }

  @Override
  public Answer<RunId> delete(Tenant tenant, RunId run) {
    return answer(() -> {
      if (!queue.deleteRun().delete(caller(tenant), run, TO_THE_END)) {
        throw new IllegalStateException("something is left of run " + run);
      }
      return run;
    });
  }

  @Override
  public Answer<View> complete(Tenant tenant, RunId run) {
    return answer(() -> {
      queue
          .reportRun()
          .report(
              caller(tenant),
              run,
              now ->
                  RunReport.byClient(
                      new RunState.Succeeded(now), Set.of(StateName.SUCCEEDED), now));
      return view(run);
    });
  }

  @Override
  public Answer<View> show(Tenant tenant, RunId run) {
    return answer(() -> view(stores.runs().get(caller(tenant).reach(), run).id()));
  }

  @Override
  public void treat(Tenant tenant, String kind, Optional<Integer> mostRunning, boolean isPaused) {
    queue
        .editKinds()
        .put(
            caller(tenant),
            new KindPolicy(
                organization(tenant),
                new Kind(kind),
                JobLimits.USUAL_ATTEMPTS,
                Backoff.USUAL,
                Optional.empty(),
                mostRunning,
                Optional.empty(),
                isPaused,
                clock.instant()));
  }

  private View view(RunId id) {
    var run = stores.runs().get(Reach.everywhere(), id);
    var job =
        Optional.ofNullable(stores.jobs().findAll(List.of(id)).get(id))
            .orElseThrow(() -> new IllegalStateException("run " + id + " has no job"));
    return new View(
        id,
        run.stateName().wireName(),
        run.attempt(),
        job.claim().map(Job.Claim::worker).map(WorkerId::value),
        job.error());
  }

  private NewRun newRun(Tenant tenant, Request request) {
    return NewRun.queued(
        organization(tenant),
        Optional.empty(),
        request.parent().map(NewRun.Parent.Existing::new),
        new JobRequest(
            new Kind(request.kind()),
            new Payload(Integer.toString(request.content())),
            Optional.of(request.maxAttempts()),
            new Priority(request.priority()),
            request.putOff().isZero()
                ? Optional.empty()
                : Optional.of(clock.instant().plus(request.putOff())),
            request.timeout(),
            request.key().map(JobKey::new),
            Integer.toString(request.content()),
            Optional.empty()),
        new Input.Members(Map.of()));
  }

  private static ReportOutcomes.Report report(Claim claim, Report report) {
    var outcome =
        switch (report) {
          case Report.Succeeded _ -> new Outcome.Succeeded(Optional.empty(), Optional.empty());
          case Report.Failed(var error, var isRetryable) ->
              new Outcome.Failed(error, isRetryable, RunFailure.Kind.SYSTEM);
          case Report.Released _ -> new Outcome.Released();
        };
    return new ReportOutcomes.Report(shown(claim), outcome);
  }

  private static Shown shown(Claim claim) {
    return new Shown(
        claim.run(), claim.attempt(), new LeaseToken(claim.token()), new WorkerId(claim.worker()));
  }

  private static <T> Answer<T> answer(Supplier<T> work) {
    try {
      return new Answer.Given<>(work.get());
    } catch (Rejection rejection) {
      return new Answer.Refused<>(rejection.code());
    }
  }

  private static Caller caller(Tenant tenant) {
    var organization = organization(tenant);
    return new Caller(
        new Access(ACTOR, Reach.within(organization), Scopes.ofOrganization(), Optional.empty()),
        organization,
        Origin.LOCAL);
  }

  private static OrganizationId organization(Tenant tenant) {
    return switch (tenant) {
      case ACME -> ACME.id();
      case GLOBEX -> GLOBEX.id();
    };
  }
}
