package dev.runs.application.queue;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.queue.QueueContents.Worker;
import dev.runs.domain.access.Scope;
import java.util.List;

/** Shows who executes runs of the organization in which the caller acts. */
public final class ShowWorkers {

  /** The most workers that are shown. */
  public static final int MOST = 200;

  /**
   * @param workers by name, at most {@value #MOST}
   * @param hasMore whether there are more
   */
  public record Workers(List<Worker> workers, boolean hasMore) {

    public Workers {
      workers = List.copyOf(workers);
    }
  }

  private final QueueContents contents;
  private final Transactions transactions;

  public ShowWorkers(QueueContents contents, Transactions transactions) {
    this.contents = contents;
    this.transactions = transactions;
  }

  /**
   * Only who has a run at this moment is known: workers show themselves by nothing else.
   *
   * @throws dev.runs.domain.access.AccessRejected.ScopeMissing when the caller may not read runs
   */
  public Workers show(Caller caller) {
    caller.require(Scope.RUNS_READ);
    var found =
        caller
            .reach()
            .in(caller.organization())
            .map(reach -> transactions.inSnapshot(() -> contents.workers(reach, MOST + 1)))
            .orElse(new QueueContents.Workers(List.of(), true));
    return new Workers(
        found.first().stream().limit(MOST).toList(),
        found.first().size() > MOST || !found.isEveryLeaseSeen());
  }
}
