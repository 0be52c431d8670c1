package dev.runs.application.run;

import dev.runs.application.Caller;
import dev.runs.application.Ids;
import dev.runs.application.Transactions;
import dev.runs.domain.access.Scope;
import dev.runs.domain.run.StateName;
import java.util.Map;

/** Counts the runs of a list by their states, as far as it can be done at once. */
public final class CountRuns {

  /** So far is counted. */
  public static final int CAP = 1_000;

  private final RunList list;
  private final Transactions transactions;
  private final Ids ids;

  public CountRuns(RunList list, Transactions transactions, Ids ids) {
    this.list = list;
    this.transactions = transactions;
    this.ids = ids;
  }

  /**
   * How many runs of the organization in which the caller acts are in each state, up to {@value
   * #CAP}; states of none are absent.
   *
   * @param filter which runs; what it says of states does not count
   * @throws dev.runs.domain.access.AccessRejected.ScopeMissing when the caller may not read runs
   */
  public Map<StateName, RunList.Count> count(Caller caller, RunFilter filter) {
    caller.require(Scope.RUNS_READ);
    var reach = caller.reach().in(caller.organization()).orElseThrow();
    var stretch = filter.stretch(ids);
    return transactions.inSnapshot(() -> list.countUpTo(reach, filter, stretch, CAP));
  }
}
