package dev.runs.application.tree;

import dev.runs.application.Caller;
import dev.runs.application.Cursor;
import dev.runs.application.Page;
import dev.runs.application.RequestRejected;
import dev.runs.application.Transactions;
import dev.runs.application.event.ChangeFeed;
import dev.runs.application.event.EventFeed;
import dev.runs.application.event.EventSelection;
import dev.runs.application.event.EventSelection.Place;
import dev.runs.application.event.EventTail;
import dev.runs.application.event.RunEventLog;
import dev.runs.application.event.RunEventLog.Entry;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.StateName;
import java.util.Optional;
import java.util.OptionalLong;

/** Shows what happened, a page at a time or as it happens. */
public final class ShowEvents {

  /** How many events a page has at most. */
  public static final int LARGEST_PAGE = 500;

  private final RunEventLog log;
  private final EventTail tail;
  private final Runs runs;
  private final Ledger ledger;
  private final Transactions transactions;

  public ShowEvents(
      RunEventLog log, EventTail tail, Runs runs, Ledger ledger, Transactions transactions) {
    this.log = log;
    this.tail = tail;
    this.runs = runs;
    this.ledger = ledger;
    this.transactions = transactions;
  }

  /** Events behind a place are forgotten, so that nobody can say what happened there. */
  public static final class Forgotten extends RuntimeException {

    private final long firstKept;

    private Forgotten(long firstKept) {
      super("events before the position " + firstKept + " are forgotten");
      this.firstKept = firstKept;
    }

    /** The first position that is kept. */
    public long firstKept() {
      return firstKept;
    }
  }

  /**
   * What happens to a run.
   *
   * @param withBelow whether what happens to the runs below is meant too
   * @throws RunRejected.NotFound when the run is beyond the caller's reach
   */
  public EventSelection ofRun(Caller caller, RunId run, boolean withBelow) {
    var path = runs.get(caller.reach(), run).path();
    return withBelow ? EventSelection.ofTree(path) : EventSelection.ofRun(path);
  }

  /**
   * What happens within a caller's reach.
   *
   * @param organization the only one; nothing for all that the caller reaches
   * @throws AccessRejected.OrganizationNotFound when the organization is beyond the caller's reach
   */
  public EventSelection within(Caller caller, Optional<OrganizationId> organization) {
    var reach =
        organization.isEmpty()
            ? caller.reach()
            : caller
                .reach()
                .in(organization.get())
                .map(within -> (Reach) within)
                .orElseThrow(AccessRejected.OrganizationNotFound::new);
    return EventSelection.within(reach);
  }

  /** Behind which position everything that is kept lies. */
  public long beginning() {
    return log.firstPosition() - 1;
  }

  /**
   * A page of events, oldest first.
   *
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @throws Forgotten when events behind the position are
   */
  public Page<Entry> list(EventSelection selection, long after, int limit) {
    var entries = log.selected(selection, after, log.lastPosition(), limit + 1);
    var first = log.firstPosition();
    if (first > after + 1) {
      throw new Forgotten(first);
    }
    return Page.cut(entries, limit, entry -> Cursor.of(Long.toString(entry.position())));
  }

  /**
   * Events as they happen.
   *
   * @param after behind which position to begin; nothing for what is new
   * @param listener as for a {@link Feed}
   * @throws RequestRejected.TooManyStreams when too many listen already
   */
  public EventFeed follow(
      Caller caller, EventSelection selection, OptionalLong after, Runnable listener) {
    return after.isEmpty()
        ? tail.events(caller.access(), selection, listener)
        : tail.events(caller.access(), selection, after.getAsLong(), listener);
  }

  /**
   * Which runs change from now on, each told once however often it changed, for one who waits by
   * {@link ChangeFeed#await}.
   *
   * @throws RequestRejected.TooManyStreams when too many listen already
   * @throws AccessRejected.ScopeMissing when the caller may not read runs
   */
  public ChangeFeed changes(Caller caller, EventSelection selection) {
    caller.require(Scope.RUNS_READ);
    return tail.changes(caller.access(), selection);
  }

  /** Whether something may still happen to a run, or in a tree. */
  public sealed interface Ending {

    /**
     * Something is live there.
     *
     * @param isTopLive whether the run itself is, or only runs below it
     */
    record Live(boolean isTopLive) implements Ending {}

    /** Everything has ended, and the last events will have their positions in a moment. */
    record Soon() implements Ending {}

    /**
     * Everything has ended, or is gone.
     *
     * @param position of the last event; 0 when none is kept
     */
    record At(long position) implements Ending {}
  }

  /** Whether what is selected has come to its end; what happens within reach never does. */
  public Ending ending(EventSelection selection) {
    return switch (selection.place()) {
      case Place.OfReach _ -> new Ending.Live(true);
      case Place.OfRun(var path) ->
          live(path, false).orElseGet(() -> ended(log.hasWaitingOf(path.run()), selection));
      case Place.OfTree(var path) ->
          live(path, true).orElseGet(() -> ended(log.hasWaitingBelow(path.root()), selection));
    };
  }

  private Optional<Ending> live(RunPath path, boolean withBelow) {
    return transactions.inSnapshot(() -> {
      var top = runs.find(Reach.everywhere(), path.run());
      if (top.isEmpty()) {
        return Optional.empty();
      }
      var isTopLive = top.get().stateName().isLive();
      var isBelowLive =
          withBelow && ledger.of(path).descendants().keySet().stream().anyMatch(StateName::isLive);
      return isTopLive || isBelowLive ? Optional.of(new Ending.Live(isTopLive)) : Optional.empty();
    });
  }

  private Ending ended(boolean hasWaiting, EventSelection selection) {
    return hasWaiting ? new Ending.Soon() : new Ending.At(log.last(selection));
  }
}
