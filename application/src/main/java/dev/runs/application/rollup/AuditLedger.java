package dev.runs.application.rollup;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Scope;
import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares what the ledger says of some runs with what their facts add up to. */
public final class AuditLedger {

  /** How many runs one audit looks at, at most. */
  public static final int MOST_RUNS = 1_000;

  private static final int MOST_PENDING = 10_000;

  private final Ledger ledger;
  private final LedgerAudit audit;
  private final Transactions transactions;

  public AuditLedger(Ledger ledger, LedgerAudit audit, Transactions transactions) {
    this.ledger = ledger;
    this.audit = audit;
    this.transactions = transactions;
  }

  /** A run of which the ledger is wrong. */
  public record Difference(RunId run, Rollup ledger, Rollup facts) {}

  /**
   * @param checked how many runs were compared
   * @param differences the runs of which the ledger is wrong; none when all is well
   * @param pending how many deltas wait to be folded, counted up to 10,000
   * @param last the run at which the audit stopped, behind which the next one can go on
   */
  public record Findings(
      int checked, List<Difference> differences, int pending, Optional<RunId> last) {

    public boolean isClean() {
      return differences.isEmpty();
    }
  }

  /**
   * @param after the run behind which to go on; nothing to begin
   * @param most 1 to {@value #MOST_RUNS}
   * @throws AccessRejected.ScopeMissing when the caller is not of the platform
   */
  public Findings audit(Caller caller, Optional<RunId> after, int most) {
    caller.require(Scope.PLATFORM_ADMIN);
    var sample = audit.sample(after, most);
    var differences = new ArrayList<Difference>();
    for (var run : sample) {
      transactions.inSnapshot(() -> compared(run)).ifPresent(differences::add);
    }
    return new Findings(
        sample.size(),
        differences,
        audit.pending(MOST_PENDING),
        sample.isEmpty() ? Optional.empty() : Optional.of(sample.getLast().run()));
  }

  private Optional<Difference> compared(RunPath run) {
    var said = ledger.of(run);
    var counted = audit.recount(run);
    return said.equals(counted)
        ? Optional.empty()
        : Optional.of(new Difference(run.run(), said, counted));
  }
}
