package dev.runs.application.cost;

import dev.runs.application.Caller;
import dev.runs.application.Cursor;
import dev.runs.application.Page;
import dev.runs.application.RequestRejected;
import dev.runs.application.Transactions;
import dev.runs.application.run.Runs;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.CostLineId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.util.Optional;
import java.util.UUID;

/** Lists the cost lines of a run, page by page. */
public final class ListCosts {

  /** How many lines a page has at most. */
  public static final int LARGEST_PAGE = 1_000;

  private final Runs runs;
  private final CostLines lines;
  private final Transactions transactions;

  public ListCosts(Runs runs, CostLines lines, Transactions transactions) {
    this.runs = runs;
    this.lines = lines;
    this.transactions = transactions;
  }

  /**
   * In the order they were written.
   *
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @throws RunRejected.NotFound when the run is beyond the caller's reach
   */
  public Page<CostLine> list(Caller caller, RunId id, Optional<String> cursor, int limit) {
    var after = cursor.map(ListCosts::place);
    return transactions.inSnapshot(() -> {
      runs.get(caller.reach(), id);
      return Page.cut(
          lines.of(id, after, limit + 1), limit, line -> Cursor.of(line.id().toString()));
    });
  }

  private static CostLineId place(String cursor) {
    try {
      return new CostLineId(UUID.fromString(Cursor.text(cursor)));
    } catch (IllegalArgumentException e) {
      throw new RequestRejected.BadCursor();
    }
  }
}
