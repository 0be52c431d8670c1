package dev.runs.application.run;

import dev.runs.application.Caller;
import dev.runs.application.Collector;
import dev.runs.application.ItemRejected;
import dev.runs.application.ItemResult;
import dev.runs.application.Receipt;
import dev.runs.application.RequestRejected;
import dev.runs.application.Transactions;
import dev.runs.application.run.NewRunWriter.Order;
import dev.runs.domain.access.Scope;
import java.util.ArrayList;
import java.util.List;

/** Makes runs that clients have begun to execute, or that wait for workers; one or many at once. */
public final class CreateRuns {

  /** The most runs that can be made at once. */
  public static final int MOST_AT_ONCE = 1_000;

  private final NewRunWriter writer;
  private final Transactions transactions;
  private final Collector<Order, MadeRun> collector;

  /**
   * @param writers how many groups of single requests are written at the same time
   */
  public CreateRuns(NewRunWriter writer, Transactions transactions, int writers) {
    this.writer = writer;
    this.transactions = transactions;
    this.collector = new Collector<>(writers, this::each);
  }

  /** Makes one run. Requests without a receipt share their transactions. */
  public MadeRun create(Caller caller, NewRun run, Receipt<MadeRun> receipt) {
    caller.require(Scope.RUNS_WRITE);
    var order = Order.of(caller, run);
    return receipt.isKept()
        ? NewRunWriter.retrying(
            () -> transactions.inTransaction(receipt, () -> writer.writeOne(order)))
        : collector.submit(order);
  }

  /**
   * Makes all of these runs or none.
   *
   * @throws ItemRejected when one of them is refused; the first one
   */
  public List<MadeRun> createAll(
      Caller caller, List<NewRun> newRuns, Receipt<List<MadeRun>> receipt) {
    var orders = orders(caller, newRuns);
    return NewRunWriter.retrying(() -> transactions.inTransaction(receipt, () -> all(orders)));
  }

  /** Makes those of these runs that can be made. A run whose parent is refused is refused too. */
  public List<ItemResult<MadeRun>> createEach(
      Caller caller, List<NewRun> newRuns, Receipt<List<ItemResult<MadeRun>>> receipt) {
    var orders = orders(caller, newRuns);
    return NewRunWriter.retrying(
        () -> transactions.inTransaction(receipt, () -> writer.write(orders)));
  }

  private static List<Order> orders(Caller caller, List<NewRun> newRuns) {
    caller.require(Scope.RUNS_WRITE);
    if (newRuns.isEmpty() || newRuns.size() > MOST_AT_ONCE) {
      throw new RequestRejected.TooManyItems(MOST_AT_ONCE, newRuns.size());
    }
    return newRuns.stream().map(run -> Order.of(caller, run)).toList();
  }

  private List<ItemResult<MadeRun>> each(List<Order> orders) {
    return NewRunWriter.retrying(() -> transactions.inTransaction(() -> writer.write(orders)));
  }

  private List<MadeRun> all(List<Order> orders) {
    var made = new ArrayList<MadeRun>(orders.size());
    for (var result : writer.write(orders)) {
      switch (result) {
        case ItemResult.Done<MadeRun>(var run) -> made.add(run);
        case ItemResult.Refused<MadeRun>(var rejection) ->
            throw new ItemRejected(made.size(), rejection);
      }
    }
    return made;
  }
}
