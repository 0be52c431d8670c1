package dev.runs.application.system;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.event.RunEventLog;
import dev.runs.application.rollup.LedgerAudit;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Scope;
import java.time.Instant;
import java.time.InstantSource;

/** Shows how the installation is: to who runs it, for it tells of all organizations together. */
public final class ShowSystem {

  /** Up to how many of each kind are counted. */
  public static final int MOST_COUNTED = 10_000;

  /**
   * The log of events.
   *
   * @param first the first position that is kept; one behind the last while none is
   * @param last the position of the newest event; 0 while there was none
   */
  public record Log(long first, long last) {}

  /**
   * How everything was at one moment.
   *
   * @param version of the service
   * @param pendingDeltas changes of sums that were not folded yet, up to {@value #MOST_COUNTED};
   *     they count already
   * @param pendingEvents that have no place in the log yet
   */
  public record Shown(
      String version,
      Instant at,
      SystemFacts.Storage storage,
      SystemFacts.Leases leases,
      int pendingDeltas,
      Log log,
      SystemFacts.Waiting pendingEvents,
      SystemFacts.Waiting earlyReports,
      SystemFacts.Waiting earlyLineage) {}

  private final SystemFacts facts;
  private final RunEventLog log;
  private final LedgerAudit ledger;
  private final Transactions transactions;
  private final InstantSource clock;
  private final String version;

  /**
   * @param version of the service
   */
  public ShowSystem(
      SystemFacts facts,
      RunEventLog log,
      LedgerAudit ledger,
      Transactions transactions,
      InstantSource clock,
      String version) {
    this.facts = facts;
    this.log = log;
    this.ledger = ledger;
    this.transactions = transactions;
    this.clock = clock;
    this.version = version;
  }

  /**
   * @throws AccessRejected.ScopeMissing when the caller is not of the platform
   */
  public Shown show(Caller caller) {
    caller.require(Scope.PLATFORM_ADMIN);
    return transactions.inSnapshot(() ->
        new Shown(
            version,
            clock.instant(),
            facts.storage(),
            facts.leases(MOST_COUNTED),
            ledger.pending(MOST_COUNTED),
            new Log(log.firstPosition(), log.lastPosition()),
            facts.events(MOST_COUNTED),
            facts.earlyReports(MOST_COUNTED),
            facts.earlyLineage(MOST_COUNTED)));
  }
}
