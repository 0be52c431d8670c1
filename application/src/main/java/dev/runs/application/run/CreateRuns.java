package dev.runs.application.run;

import dev.runs.application.Caller;
import dev.runs.application.Collector;
import dev.runs.application.Ids;
import dev.runs.application.ItemRejected;
import dev.runs.application.ItemResult;
import dev.runs.application.Receipt;
import dev.runs.application.RequestRejected;
import dev.runs.application.Transactions;
import dev.runs.application.access.Projects;
import dev.runs.application.event.RunEvents;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.secret.InputCheck;
import dev.runs.domain.Rejection;
import dev.runs.domain.access.Reach;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunSpace;
import dev.runs.domain.secret.Credentials;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes note of runs that clients have begun to execute, one or many at once. */
public final class CreateRuns {

  /** The most runs that can be made at once. */
  public static final int MOST_AT_ONCE = 1_000;

  private static final int TRIES = 3;

  private record Order(Caller caller, NewRun run, Credentials credentials) {

    static Order of(Caller caller, NewRun run) {
      return new Order(caller, run, Credentials.in(run.given()));
    }
  }

  private final Owners owners;
  private final InputCheck inputCheck;
  private final Projects projects;
  private final Runs runs;
  private final Ledger ledger;
  private final RunEvents events;
  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;
  private final RandomGenerator names;
  private final Collector<Order, Run> collector;

  /**
   * @param writers how many groups of single requests are written at the same time
   * @param names where generated names come from
   */
  public CreateRuns(
      Owners owners,
      InputCheck inputCheck,
      Projects projects,
      Runs runs,
      Ledger ledger,
      RunEvents events,
      Transactions transactions,
      Ids ids,
      InstantSource clock,
      RandomGenerator names,
      int writers) {
    this.owners = owners;
    this.inputCheck = inputCheck;
    this.projects = projects;
    this.runs = runs;
    this.ledger = ledger;
    this.events = events;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
    this.names = names;
    this.collector = new Collector<>(writers, this::each);
  }

  /** Makes one run. Requests without a receipt share their transactions. */
  public Run create(Caller caller, NewRun run, Receipt<Run> receipt) {
    var order = Order.of(caller, run);
    return receipt.isKept()
        ? retrying(() -> transactions.inTransaction(receipt, () -> one(order)))
        : collector.submit(order);
  }

  /**
   * Makes all of these runs or none.
   *
   * @throws ItemRejected when one of them is refused; the first one
   */
  public List<Run> createAll(Caller caller, List<NewRun> newRuns, Receipt<List<Run>> receipt) {
    var orders = orders(caller, newRuns);
    return retrying(() -> transactions.inTransaction(receipt, () -> all(orders)));
  }

  /** Makes those of these runs that can be made. A run whose parent is refused is refused too. */
  public List<ItemResult<Run>> createEach(
      Caller caller, List<NewRun> newRuns, Receipt<List<ItemResult<Run>>> receipt) {
    var orders = orders(caller, newRuns);
    return retrying(() -> transactions.inTransaction(receipt, () -> write(orders)));
  }

  private static List<Order> orders(Caller caller, List<NewRun> newRuns) {
    if (newRuns.isEmpty() || newRuns.size() > MOST_AT_ONCE) {
      throw new RequestRejected.TooManyItems(MOST_AT_ONCE, newRuns.size());
    }
    return newRuns.stream().map(run -> Order.of(caller, run)).toList();
  }

  private List<ItemResult<Run>> each(List<Order> orders) {
    return retrying(() -> transactions.inTransaction(() -> write(orders)));
  }

  private Run one(Order order) {
    return switch (write(List.of(order)).getFirst()) {
      case ItemResult.Done<Run>(var run) -> run;
      case ItemResult.Refused<Run>(var rejection) -> throw rejection;
    };
  }

  private List<Run> all(List<Order> orders) {
    var made = new ArrayList<Run>(orders.size());
    for (var result : write(orders)) {
      switch (result) {
        case ItemResult.Done<Run>(var run) -> made.add(run);
        case ItemResult.Refused<Run>(var rejection) ->
            throw new ItemRejected(made.size(), rejection);
      }
    }
    return made;
  }

  /**
   * A generated name that is taken, or a parent that is deleted at the same moment, shows only when
   * the rows are written; from the start again, both are seen in time.
   */
  private static <T> T retrying(Supplier<T> work) {
    for (var attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (Runs.NameTaken | RunRejected.ParentNotFound e) {
        if (attempt == TRIES || (e instanceof RunRejected.ParentNotFound p && !p.isLate())) {
          throw e;
        }
      }
    }
  }

  private List<ItemResult<Run>> write(List<Order> orders) {
    var now = clock.instant();
    var owned = owners.of(orders.stream().map(Order::caller).toList(), newRuns(orders), now);
    var parents = parents(orders);
    var spaces = new Spaces(projects);
    var results = new ArrayList<ItemResult<Run>>(orders.size());
    for (var i = 0; i < orders.size(); i++) {
      results.add(result(orders.get(i), owned.get(i), parents, spaces, results, now));
    }
    store(orders, results);
    return results;
  }

  private void store(List<Order> orders, List<ItemResult<Run>> results) {
    var made = new ArrayList<Run>();
    var told = new ArrayList<RunEvent>();
    for (var i = 0; i < results.size(); i++) {
      if (results.get(i) instanceof ItemResult.Done<Run>(var run)) {
        made.add(run);
        told.add(RunEvent.created(run, orders.get(i).caller().principal()));
      }
    }
    runs.addAll(made);
    ledger.add(Delta.merged(made.stream().flatMap(run -> Delta.ofCreated(run).stream()).toList()));
    events.add(told);
  }

  private ItemResult<Run> result(
      Order order,
      ItemResult<Owners.Owned> owned,
      Map<RunId, Run> parents,
      Spaces spaces,
      List<ItemResult<Run>> before,
      Instant now) {
    return switch (owned) {
      case ItemResult.Refused<Owners.Owned>(var rejection) -> new ItemResult.Refused<>(rejection);
      case ItemResult.Done<Owners.Owned>(var owner) -> {
        try {
          inputCheck.refuseCredentials(owner.organization(), order.credentials());
          var parent = parent(order, owner, parents, before);
          var space =
              spaces.of(order.caller(), owner.organization(), order.run().project(), parent);
          yield new ItemResult.Done<>(tracked(order.run(), owner, space, parent, now));
        } catch (Rejection rejection) {
          yield new ItemResult.Refused<>(rejection);
        }
      }
    };
  }

  private Run tracked(
      NewRun run, Owners.Owned owner, RunSpace space, Optional<Run> parent, Instant now) {
    var id = new RunId(ids.next());
    return Run.tracked(
        parent.map(above -> above.path().child(id)).orElseGet(() -> RunPath.ofRoot(id)),
        owner.organization(),
        space,
        RunName.generated(names),
        run.origin(),
        run.labels(),
        owner.user().orElse(null),
        now);
  }

  private static Optional<Run> parent(
      Order order, Owners.Owned owner, Map<RunId, Run> parents, List<ItemResult<Run>> before) {
    return order
        .run()
        .parent()
        .map(parent ->
            switch (parent) {
              case NewRun.Parent.Existing(var id) ->
                  Optional.ofNullable(parents.get(id))
                      .filter(above -> above.organization().equals(owner.organization()))
                      .filter(above ->
                          order
                              .caller()
                              .reach()
                              .includes(above.organization(), above.space().project()))
                      .orElseThrow(() -> new RunRejected.ParentNotFound(id.toString()));
              case NewRun.Parent.InBatch(var index) -> inBatch(index, owner, before);
            });
  }

  private static Run inBatch(int index, Owners.Owned owner, List<ItemResult<Run>> before) {
    return switch (before.get(index)) {
      case ItemResult.Done<Run>(var above) when above.organization().equals(owner.organization()) ->
          above;
      case ItemResult.Done<Run> _, ItemResult.Refused<Run> _ ->
          throw new RunRejected.ParentNotFound("of item " + index);
    };
  }

  private Map<RunId, Run> parents(List<Order> orders) {
    var named =
        newRuns(orders).stream()
            .flatMap(run -> run.parent().stream())
            .flatMap(parent ->
                parent instanceof NewRun.Parent.Existing(var id) ? Stream.of(id) : Stream.empty())
            .collect(Collectors.toSet());
    return named.isEmpty() ? Map.of() : runs.findAll(Reach.everywhere(), named);
  }

  private static List<NewRun> newRuns(List<Order> orders) {
    return orders.stream().map(Order::run).toList();
  }
}
