package dev.runs.application.queue;

import dev.runs.application.Caller;
import dev.runs.application.Cursor;
import dev.runs.application.Page;
import dev.runs.application.RequestRejected;
import dev.runs.application.Transactions;
import dev.runs.application.queue.Leases.OwnedKind;
import dev.runs.application.queue.QueueContents.Executed;
import dev.runs.application.queue.QueueContents.KindLoad;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.KindPolicy;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.queue.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Shows the queue of the organization in which the caller acts, kind by kind. */
public final class ShowQueue {

  /** The most kinds of a page. */
  public static final int LARGEST_PAGE = 100;

  /** How many runs of a kind are shown in each state. */
  public static final int MOST_RUNS = 50;

  /** What became of runs is summed up over this time and what began of the stretch before it. */
  public static final Duration LATELY = Duration.ofHours(1);

  /** How far the past of a kind is shown. */
  public static final Duration PAST = Duration.ofDays(1);

  /**
   * @param policy what is said of it; nothing when nobody said anything
   * @param lately what became of its runs since a moment
   * @param since that moment
   */
  public record KindState(
      KindLoad load, Optional<KindPolicy> policy, KindActivity lately, Instant since) {

    public Kind kind() {
      return load.kind();
    }

    /** Whether none is started. */
    public boolean isPaused() {
      return policy.map(KindPolicy::isPaused).orElse(false);
    }
  }

  /**
   * One kind with some of its runs, the first {@value #MOST_RUNS} of each state.
   *
   * @param ready would be claimed first
   * @param delayed their time comes first
   * @param running are executed for longest
   * @param past what became of its runs, by the beginning of a stretch of {@link
   *     KindActivities#STRETCH}; without those in which nothing was
   * @param pastFrom the beginning of the first stretch that was looked at
   */
  public record KindView(
      KindState state,
      List<Waiting> ready,
      List<Waiting> delayed,
      List<Executed> running,
      SortedMap<Instant, KindActivity> past,
      Instant pastFrom) {

    public KindView {
      ready = List.copyOf(ready);
      delayed = List.copyOf(delayed);
      running = List.copyOf(running);
      past = Collections.unmodifiableSortedMap(new TreeMap<>(past));
    }
  }

  private final QueueContents contents;
  private final KindActivities activities;
  private final KindPolicies policies;
  private final Transactions transactions;
  private final InstantSource clock;

  public ShowQueue(
      QueueContents contents,
      KindActivities activities,
      KindPolicies policies,
      Transactions transactions,
      InstantSource clock) {
    this.contents = contents;
    this.activities = activities;
    this.policies = policies;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * By kind: those with runs that wait or are executed, of which something is said, or of which
   * runs ended in the last days.
   *
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @throws RequestRejected.BadCursor when the cursor is none
   * @throws AccessRejected.ScopeMissing when the caller may not read runs
   */
  public Page<KindState> list(Caller caller, Optional<String> cursor, int limit) {
    caller.require(Scope.RUNS_READ);
    var after = cursor.map(ShowQueue::place);
    return caller
        .reach()
        .in(caller.organization())
        .map(reach -> transactions.inSnapshot(() -> page(reach, after, limit)))
        .orElse(new Page<>(List.of(), Optional.empty()));
  }

  private Page<KindState> page(Reach.Within reach, Optional<Kind> after, int limit) {
    var page =
        Page.cut(
            contents.loads(reach, after, limit + 1), limit, load -> Cursor.of(load.kind().value()));
    return new Page<>(states(reach, page.items()), page.next());
  }

  /**
   * One kind, also when nothing is known of it.
   *
   * @throws AccessRejected.OrganizationNotFound when the organization is beyond the caller's reach
   * @throws AccessRejected.ScopeMissing when the caller may not read runs
   */
  public KindView show(Caller caller, Kind kind) {
    caller.require(Scope.RUNS_READ);
    var reach =
        caller
            .reach()
            .in(caller.organization())
            .orElseThrow(AccessRejected.OrganizationNotFound::new);
    var pastFrom = KindActivities.stretchOf(clock.instant().minus(PAST));
    return transactions.inSnapshot(() ->
        new KindView(
            states(reach, List.of(contents.load(reach, kind))).getFirst(),
            contents.ready(reach, kind, MOST_RUNS),
            contents.delayed(reach, kind, MOST_RUNS),
            contents.running(reach, kind, MOST_RUNS),
            activities.stretches(reach, kind, pastFrom),
            pastFrom));
  }

  private List<KindState> states(Reach.Within reach, List<KindLoad> loads) {
    if (loads.isEmpty()) {
      return List.of();
    }
    var kinds = loads.stream().map(KindLoad::kind).toList();
    var since = KindActivities.stretchOf(clock.instant().minus(LATELY));
    var lately = activities.sums(reach, kinds, since);
    Map<OwnedKind, KindPolicy> policyOf =
        policies.findAll(
            kinds.stream().map(kind -> new OwnedKind(reach.organization(), kind)).toList());
    return loads.stream()
        .map(load ->
            new KindState(
                load,
                Optional.ofNullable(policyOf.get(new OwnedKind(reach.organization(), load.kind()))),
                lately.getOrDefault(load.kind(), KindActivity.NONE),
                since))
        .toList();
  }

  private static Kind place(String cursor) {
    try {
      return new Kind(Cursor.text(cursor));
    } catch (QueueRejected.BadKind e) {
      throw new RequestRejected.BadCursor();
    }
  }
}
