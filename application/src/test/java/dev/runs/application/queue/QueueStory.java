package dev.runs.application.queue;

import static dev.runs.domain.Seeded.oneOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.queue.QueueClient.Answer;
import dev.runs.application.queue.QueueClient.Claim;
import dev.runs.application.queue.QueueClient.Kept;
import dev.runs.application.queue.QueueClient.Report;
import dev.runs.application.queue.QueueClient.Request;
import dev.runs.application.queue.QueueClient.Tenant;
import dev.runs.application.queue.QueueClient.View;
import dev.runs.application.queue.QueueModel.Expected;
import dev.runs.application.queue.QueueModel.Job;
import dev.runs.application.queue.QueueModel.Phase;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lets everything happen to a queue that programs can do, allowed or not, in any order, and
 * compares every answer with what {@link QueueModel} says.
 */
public final class QueueStory {

  /** What happens by itself in a server; here it happens when the story says so. */
  public interface Passing {

    void advance(Duration time);

    /** Takes all overdue leases away. */
    void reap();

    /** Makes all runs ready whose time has come. */
    void ready();

    /** Carries all cancellations down. */
    void sweep();
  }

  private static final List<String> KINDS = List.of("mail.send", "sync/tables/a", "report");
  private static final List<String> WORKERS = List.of("worker-1", "worker-2", "worker-3");
  private static final Duration SHORT_LEASE = Duration.ofSeconds(30);
  private static final Duration LONG_LEASE = Duration.ofHours(1);
  private static final int KEYS = 20;
  private static final int MANY_RUNS = 120;
  private static final int MOST_CLAIMS = 100;
  private static final int RUNS_BETWEEN_CHECKS = 500;

  private final RandomGenerator random;
  private final QueueClient queue;
  private final InstantSource clock;
  private final Optional<Passing> passing;
  private final QueueModel model = new QueueModel();
  private final List<Claim> claims = new ArrayList<>();
  private final List<Runnable> steps;

  /**
   * @param passing nothing where a server lets time pass by itself
   */
  public QueueStory(
      RandomGenerator random, QueueClient queue, InstantSource clock, Optional<Passing> passing) {
    this.random = random;
    this.queue = queue;
    this.clock = clock;
    this.passing = passing;
    this.steps = steps();
  }

  /**
   * @param operations how many things happen
   */
  public void tell(int operations) {
    for (var tenant : Tenant.values()) {
      KINDS.forEach(kind -> treat(tenant, kind, Optional.empty(), false));
    }
    for (var i = 1; i <= operations; i++) {
      step();
      lookAtSome();
      if (i % RUNS_BETWEEN_CHECKS == 0) {
        lookAtAll();
      }
    }
    passing.ifPresent(it -> {
      it.sweep();
      model.sweep();
    });
    lookAtAll();
  }

  /** The runs that are left, with the types of the events that each must have. */
  Collection<Job> left() {
    return model.jobs.values();
  }

  /** Ends what is left, to the last run, and lets nothing remain. */
  public void end() {
    for (var tenant : Tenant.values()) {
      KINDS.forEach(kind -> treat(tenant, kind, Optional.empty(), false));
    }
    for (var job : List.copyOf(model.jobs.values())) {
      if (job.phase == Phase.LEASED) {
        report(job.tenant, claimOf(job), new Report.Succeeded());
      }
    }
    while (claim(Optional.empty(), Set.of(), ClaimRuns.MOST_AT_ONCE) > 0) {
      for (var claim : List.copyOf(claims)) {
        var job = model.jobs.get(claim.run());
        if (job != null && job.phase == Phase.LEASED) {
          report(job.tenant, claim, new Report.Succeeded());
        }
      }
      claims.clear();
    }
    lookAtAll();
    for (var job : List.copyOf(model.jobs.values())) {
      if (model.jobs.containsKey(job.id)) {
        delete(job.tenant, job.id);
      }
    }
  }

  /** What can happen, each as many times as it is likely. */
  private List<Runnable> steps() {
    return Stream.of(
            Collections.nCopies(20, (Runnable) () -> enqueue(tenant(), request())),
            Collections.nCopies(3, (Runnable) this::enqueueAll),
            Collections.nCopies(
                20, (Runnable) () -> claim(someTenant(), someKinds(), 1 + random.nextInt(6))),
            Collections.nCopies(8, (Runnable) this::heartbeat),
            Collections.nCopies(22, (Runnable) this::reportOne),
            Collections.nCopies(3, (Runnable) this::reportAll),
            Collections.nCopies(4, (Runnable) this::cancel),
            Collections.nCopies(4, (Runnable) this::retry),
            Collections.nCopies(2, (Runnable) () -> delete(tenant(), someRun())),
            Collections.nCopies(2, (Runnable) this::complete),
            Collections.nCopies(2, (Runnable) this::treatSome),
            Collections.nCopies(
                passing.isPresent() ? 10 : 0,
                (Runnable) () -> passing.ifPresent(this::letTimePass)))
        .<Runnable>flatMap(List::stream)
        .toList();
  }

  private void step() {
    if (model.jobs.size() > MANY_RUNS) {
      delete(tenant(), someRun());
    } else {
      oneOf(steps, random).run();
    }
  }

  private void enqueue(Tenant tenant, Request request) {
    var expected = model.beforeEnqueue(tenant, request);
    var now = clock.instant();
    compareMade(
        expected,
        queue.enqueue(tenant, request),
        made -> model.enqueued(made, tenant, request, now));
  }

  private void enqueueAll() {
    var tenant = tenant();
    var requests = IntStream.range(0, 1 + random.nextInt(8)).mapToObj(_ -> request()).toList();
    var now = clock.instant();
    var answers = queue.enqueueAll(tenant, requests);
    assertThat(answers).hasSameSizeAs(requests);
    for (var i = 0; i < requests.size(); i++) {
      var request = requests.get(i);
      compareMade(
          model.beforeEnqueue(tenant, request),
          answers.get(i),
          made -> model.enqueued(made, tenant, request, now));
    }
  }

  private int claim(Optional<Tenant> tenant, Set<String> kinds, int limit) {
    var lease = passing.isPresent() ? SHORT_LEASE : LONG_LEASE;
    var startable = model.startable(tenant, kinds);
    var now = clock.instant();
    var got = queue.claim(tenant, kinds, limit, lease, oneOf(WORKERS, random));

    var available = startable.values().stream().mapToInt(QueueStory::sizeOf).sum();
    assertThat(got).extracting(Claim::run).doesNotHaveDuplicates();
    if (passing.isPresent()) {
      assertThat(got).hasSize(Math.min(limit, available));
      startable.values().stream()
          .flatMap(ofTenant -> ofTenant.values().stream())
          .forEach(line -> assertThatFirstAreIn(line, got));
      for (var its : startable.keySet()) {
        var share = Math.min(sizeOf(startable.get(its)), limit / startable.size());
        assertThat(countOf(its, got)).as("the share of %s", its).isGreaterThanOrEqualTo(share);
      }
    } else {
      assertThat(got).hasSizeBetween(Math.min(limit, available), limit);
    }
    for (var claim : got) {
      var job = Objects.requireNonNull(model.jobs.get(claim.run()), () -> "unknown: " + claim);
      assertThat(job.phase)
          .isIn(passing.isPresent() ? Set.of(Phase.READY) : Set.of(Phase.READY, Phase.DELAYED));
      assertThat(claim.content()).isEqualTo(job.request.content());
      model.claimed(job, claim, lease, now);
      assertThat(claim.attempt()).isEqualTo(job.attempt);
      claims.add(claim);
    }
    while (claims.size() > MOST_CLAIMS) {
      claims.removeFirst();
    }
    return got.size();
  }

  /** Who comes first is not passed over for somebody behind. */
  private static void assertThatFirstAreIn(List<Job> line, List<Claim> got) {
    var ids = got.stream().map(Claim::run).collect(Collectors.toSet());
    var taken = line.stream().filter(job -> ids.contains(job.id)).map(job -> job.id).toList();
    assertThat(taken).isEqualTo(line.stream().limit(taken.size()).map(job -> job.id).toList());
  }

  private static int sizeOf(Map<String, List<Job>> lines) {
    return lines.values().stream().mapToInt(List::size).sum();
  }

  private int countOf(Tenant tenant, List<Claim> got) {
    return (int)
        got.stream()
            .map(claim -> model.jobs.get(claim.run()))
            .filter(job -> job != null && job.tenant == tenant)
            .count();
  }

  private void heartbeat() {
    var claim = someClaim();
    var tenant = tenantOf(claim.run());
    var expected = model.heartbeat(tenant, claim, clock.instant());
    switch (queue.heartbeat(tenant, claim)) {
      case Answer.Refused<Kept>(var code) -> assertThat(code).isEqualTo(expected.code());
      case Answer.Given<Kept>(var kept) -> {
        var job = Objects.requireNonNull(expected.job(), () -> "to be refused: " + expected.code());
        assertThat(kept.isToStop()).isEqualTo(job.isCancelAsked);
        if (passing.isPresent()) {
          assertThat(kept.expiresAt()).isEqualTo(job.expiresAt);
        }
      }
    }
  }

  private void reportOne() {
    var claim = someClaim();
    report(tenantOf(claim.run()), claim, someReport());
  }

  private void report(Tenant tenant, Claim claim, Report report) {
    compare(
        model.report(tenant, claim, report, clock.instant()), queue.report(tenant, claim, report));
  }

  private void reportAll() {
    var tenant = tenant();
    var told = new ArrayList<Claim>();
    for (var i = random.nextInt(6); i >= 0; i--) {
      told.add(told.isEmpty() || random.nextInt(3) > 0 ? someClaim() : spoiled(told.getLast()));
    }
    var reports = told.stream().map(_ -> someReport()).toList();
    var answers = queue.reportAll(tenant, told, reports);
    assertThat(answers).hasSameSizeAs(told);
    for (var i = 0; i < told.size(); i++) {
      var expected = model.report(tenant, told.get(i), reports.get(i), clock.instant());
      assertThat(codeOf(answers.get(i)))
          .as("report %s of %s", i, told)
          .isEqualTo(Optional.ofNullable(expected.code()));
    }
  }

  private void cancel() {
    var run = someRun();
    var tenant = tenantOf(run);
    compare(model.cancel(tenant, run, clock.instant()), queue.cancel(tenant, run));
    if (passing.isEmpty()) {
      // else a server takes these leases away at a time that nobody knows
      for (var job : List.copyOf(model.jobs.values())) {
        if (job.phase == Phase.LEASED && job.isCancelAsked) {
          report(job.tenant, claimOf(job), new Report.Released());
        }
      }
      model.sweep();
    }
  }

  private void retry() {
    var run = someRun();
    var tenant = tenantOf(run);
    var expected = model.beforeRetry(tenant, run);
    var old = model.jobs.get(run);
    var now = clock.instant();
    compareMade(
        expected,
        queue.retry(tenant, run),
        made -> model.retried(made, Objects.requireNonNull(old), now));
  }

  private void delete(Tenant tenant, RunId run) {
    var expected = model.delete(tenant, run);
    assertThat(codeOf(queue.delete(tenant, run))).isEqualTo(Optional.ofNullable(expected.code()));
  }

  private void complete() {
    var run = someRun();
    var tenant = tenantOf(run);
    compare(model.complete(tenant, run), queue.complete(tenant, run));
  }

  private void treatSome() {
    treat(
        tenant(),
        oneOf(KINDS, random),
        random.nextBoolean() ? Optional.of(1 + random.nextInt(4)) : Optional.empty(),
        random.nextInt(4) == 0);
  }

  private void treat(Tenant tenant, String kind, Optional<Integer> mostRunning, boolean isPaused) {
    queue.treat(tenant, kind, mostRunning, isPaused);
    model.treat(tenant, kind, mostRunning, isPaused);
  }

  private void letTimePass(Passing it) {
    it.advance(Duration.ofMillis(random.nextInt(3) == 0 ? 31_000 : random.nextInt(3_000)));
    switch (random.nextInt(3)) {
      case 0 -> {
        it.reap();
        model.reap(clock.instant());
      }
      case 1 -> {
        it.ready();
        model.ready(clock.instant());
      }
      default -> {
        it.sweep();
        model.sweep();
      }
    }
  }

  private void lookAtSome() {
    Stream.generate(this::someRun).limit(2).forEach(this::lookAt);
  }

  private void lookAtAll() {
    List.copyOf(model.jobs.keySet()).forEach(this::lookAt);
  }

  private void lookAt(RunId run) {
    var tenant = tenantOf(run);
    compare(model.show(tenant, run), queue.show(tenant, run));
  }

  private static void compare(Expected expected, Answer<View> answer) {
    switch (answer) {
      case Answer.Refused<View>(var code) -> assertThat(code).isEqualTo(expected.code());
      case Answer.Given<View>(var view) -> {
        var job = Objects.requireNonNull(expected.job(), () -> "to be refused: " + expected.code());
        assertThat(view).isEqualTo(job.view());
      }
    }
  }

  private void compareMade(Expected expected, Answer<View> answer, Consumer<RunId> made) {
    if (expected.job() != null || expected.code() != null) {
      assertThat(codeOf(answer)).isEqualTo(Optional.ofNullable(expected.code()));
      if (answer instanceof Answer.Given<View>(var view) && expected.job() != null) {
        assertThat(view.id()).isEqualTo(expected.job().id);
      }
      return;
    }
    switch (answer) {
      case Answer.Refused<View>(var code) -> assertThat(code).as("refused").isNull();
      case Answer.Given<View>(var view) -> {
        assertThat(model.jobs).doesNotContainKey(view.id());
        made.accept(view.id());
        assertThat(view).isEqualTo(Objects.requireNonNull(model.jobs.get(view.id())).view());
      }
    }
  }

  private static Optional<String> codeOf(Answer<?> answer) {
    return switch (answer) {
      case Answer.Given<?> _ -> Optional.empty();
      case Answer.Refused<?>(var code) -> Optional.of(code);
    };
  }

  private Request request() {
    return random.nextInt(4) == 0 ? requestWithKey() : requestWithoutKey();
  }

  /** Its content says everything else, so that two with the same content are the same request. */
  private Request requestWithKey() {
    var content = random.nextInt(KINDS.size());
    return new Request(
        KINDS.get(content),
        content - 1,
        1 + content,
        Optional.of("key-" + random.nextInt(KEYS)),
        content,
        Optional.empty(),
        Duration.ZERO,
        Optional.empty());
  }

  private Request requestWithoutKey() {
    return new Request(
        oneOf(KINDS, random),
        random.nextInt(3) - 1,
        1 + random.nextInt(4),
        Optional.empty(),
        random.nextInt(3),
        random.nextInt(3) == 0 ? Optional.of(someRun()) : Optional.empty(),
        random.nextInt(12) == 0 ? putOff() : Duration.ZERO,
        random.nextInt(4) == 0 ? Optional.of(timeout()) : Optional.empty());
  }

  private Duration putOff() {
    return passing.isPresent() ? Duration.ofSeconds(1 + random.nextInt(40)) : Duration.ofDays(1);
  }

  private Duration timeout() {
    return passing.isPresent() ? Duration.ofSeconds(1 + random.nextInt(60)) : Duration.ofHours(1);
  }

  private Report someReport() {
    return switch (random.nextInt(6)) {
      case 0, 1, 2 -> new Report.Succeeded();
      case 3 -> new Report.Failed("broken " + random.nextInt(1_000), true);
      case 4 -> new Report.Failed("hopeless", random.nextInt(4) != 0);
      default -> new Report.Released();
    };
  }

  /** Mostly a good one, now and then one that is not, or was never. */
  private Claim someClaim() {
    if (claims.isEmpty()) {
      return new Claim(unknown(), 1, UUID.randomUUID(), WORKERS.getFirst(), 0);
    }
    return spoiled(oneOf(claims, random));
  }

  private Claim spoiled(Claim claim) {
    return switch (random.nextInt(20)) {
      case 0 -> new Claim(claim.run(), claim.attempt(), token(), claim.worker(), 0);
      case 1 -> new Claim(claim.run(), claim.attempt() + 1, claim.token(), claim.worker(), 0);
      case 2 -> new Claim(claim.run(), claim.attempt(), claim.token(), "somebody-else", 0);
      case 3 -> new Claim(someRun(), claim.attempt(), claim.token(), claim.worker(), 0);
      default -> claim;
    };
  }

  private Claim claimOf(Job job) {
    return new Claim(
        job.id,
        job.attempt,
        Objects.requireNonNull(job.token),
        Objects.requireNonNull(job.claimedBy),
        job.request.content());
  }

  private UUID token() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private RunId someRun() {
    var known = List.copyOf(model.jobs.keySet());
    return known.isEmpty() || random.nextInt(40) == 0 ? unknown() : oneOf(known, random);
  }

  private RunId unknown() {
    return new RunId(
        new UUID(
            0x7000L | random.nextLong(1L << 47) << 16, Long.MIN_VALUE | random.nextLong(1L << 40)));
  }

  /** Mostly whose it is. */
  private Tenant tenantOf(RunId run) {
    var job = model.jobs.get(run);
    return job == null || random.nextInt(20) == 0 ? tenant() : job.tenant;
  }

  private Tenant tenant() {
    return oneOf(List.of(Tenant.values()), random);
  }

  private Optional<Tenant> someTenant() {
    return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(tenant());
  }

  private Set<String> someKinds() {
    return KINDS.stream().filter(_ -> random.nextBoolean()).collect(Collectors.toSet());
  }
}
