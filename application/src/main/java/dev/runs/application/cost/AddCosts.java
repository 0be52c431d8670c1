package dev.runs.application.cost;

import dev.runs.application.Caller;
import dev.runs.application.Collector;
import dev.runs.application.Ids;
import dev.runs.application.ItemRejected;
import dev.runs.application.ItemResult;
import dev.runs.application.Receipt;
import dev.runs.application.RequestRejected;
import dev.runs.application.Transactions;
import dev.runs.application.event.RunEvents;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.run.Runs;
import dev.runs.domain.Rejection;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Scope;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.CostLineId;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.CostRejected;
import dev.runs.domain.cost.UnitPrice;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Books what runs used at the prices of the moment. Prices are asked for before the transaction
 * begins, for the answer may take long.
 */
public final class AddCosts {

  /** The most lines that can be booked at once. */
  public static final int MOST_AT_ONCE = 1_000;

  /** Lines that are priced and only wait to be written; all of one request. */
  private record Booking(Map<Run, List<CostLine>> lines, Principal actor) {}

  private final Runs runs;
  private final CostLines costLines;
  private final UnitPrices prices;
  private final Ledger ledger;
  private final RunEvents events;
  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;
  private final Collector<Booking, Boolean> collector;

  /**
   * @param writers how many groups of requests are written at the same time
   */
  public AddCosts(
      Runs runs,
      CostLines costLines,
      UnitPrices prices,
      Ledger ledger,
      RunEvents events,
      Transactions transactions,
      Ids ids,
      InstantSource clock,
      int writers) {
    this.runs = runs;
    this.costLines = costLines;
    this.prices = prices;
    this.ledger = ledger;
    this.events = events;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
    this.collector = new Collector<>(writers, this::bookTogether);
  }

  /**
   * Books all of these lines or none. Requests without a receipt share their transactions.
   *
   * @param newCosts 1 to {@value #MOST_AT_ONCE}
   * @return the lines in the order of the request
   * @throws ItemRejected when one of them is refused; the first one
   * @throws CostRejected.PricesUnavailable when the costs-service does not answer
   */
  public List<CostLine> addAll(
      Caller caller, List<NewCost> newCosts, Receipt<List<CostLine>> receipt) {
    caller.require(Scope.COSTS_WRITE);
    var lines = new ArrayList<CostLine>(newCosts.size());
    var booking = new Booking(new LinkedHashMap<>(), caller.principal());
    for (var result : priced(caller, newCosts, booking)) {
      switch (result) {
        case ItemResult.Done<CostLine>(var line) -> lines.add(line);
        case ItemResult.Refused<CostLine>(var rejection) ->
            throw new ItemRejected(lines.size(), rejection);
      }
    }
    if (receipt.isKept()) {
      return transactions.inTransaction(
          receipt,
          () -> {
            write(List.of(booking));
            return lines;
          });
    }
    collector.submit(booking);
    return lines;
  }

  /**
   * Books those of these lines that can be booked.
   *
   * @param newCosts 1 to {@value #MOST_AT_ONCE}
   * @throws CostRejected.PricesUnavailable when the costs-service does not answer
   */
  public List<ItemResult<CostLine>> addEach(
      Caller caller, List<NewCost> newCosts, Receipt<List<ItemResult<CostLine>>> receipt) {
    caller.require(Scope.COSTS_WRITE);
    var booking = new Booking(new LinkedHashMap<>(), caller.principal());
    var results = priced(caller, newCosts, booking);
    return transactions.inTransaction(
        receipt,
        () -> {
          write(List.of(booking));
          return results;
        });
  }

  private List<ItemResult<CostLine>> priced(
      Caller caller, List<NewCost> newCosts, Booking booking) {
    if (newCosts.isEmpty() || newCosts.size() > MOST_AT_ONCE) {
      throw new RequestRejected.TooManyItems(MOST_AT_ONCE, newCosts.size());
    }
    var known = runs.findAll(caller.reach(), runIds(newCosts));
    if (known.isEmpty()) {
      return newCosts.stream().map(_ -> refused(new RunRejected.NotFound())).toList();
    }
    var corrected = corrected(newCosts);
    var priced = prices(newCosts);
    var now = clock.instant();
    var results = new ArrayList<ItemResult<CostLine>>(newCosts.size());
    for (var cost : newCosts) {
      results.add(line(cost, known, corrected, priced, now, booking));
    }
    return results;
  }

  private ItemResult<CostLine> line(
      NewCost cost,
      Map<RunId, Run> known,
      Map<CostLineId, CostLine> corrected,
      Map<CostName, UnitPrice> priced,
      Instant now,
      Booking booking) {
    var run = known.get(cost.run());
    if (run == null) {
      return refused(new RunRejected.NotFound());
    }
    try {
      var line = line(cost, run, corrected, priced, now);
      booking.lines().computeIfAbsent(run, _ -> new ArrayList<>()).add(line);
      return new ItemResult.Done<>(line);
    } catch (Rejection rejection) {
      return refused(rejection);
    }
  }

  private CostLine line(
      NewCost cost,
      Run run,
      Map<CostLineId, CostLine> corrected,
      Map<CostName, UnitPrice> priced,
      Instant now) {
    var id = new CostLineId(ids.next());
    if (cost.corrects().isPresent()) {
      var other = corrected.get(cost.corrects().get());
      if (other == null) {
        throw new CostRejected.CorrectedLineNotFound(cost.corrects().get().toString());
      }
      return CostLine.correction(id, run, cost.name(), cost.quantity(), other, now);
    }
    var price = priced.get(cost.name());
    if (price == null) {
      throw new CostRejected.UnknownCost(cost.name().value());
    }
    return CostLine.priced(id, run, cost.name(), cost.quantity(), price, now);
  }

  /** Corrections take the price of the line they correct and ask nobody. */
  private Map<CostName, UnitPrice> prices(List<NewCost> newCosts) {
    var names = new LinkedHashSet<CostName>();
    for (var cost : newCosts) {
      if (cost.corrects().isEmpty()) {
        names.add(cost.name());
      }
    }
    return names.isEmpty() ? Map.of() : prices.of(names);
  }

  private Map<CostLineId, CostLine> corrected(List<NewCost> newCosts) {
    var named = newCosts.stream().flatMap(cost -> cost.corrects().stream()).distinct().toList();
    return named.isEmpty() ? Map.of() : costLines.findAll(named);
  }

  private static Set<RunId> runIds(List<NewCost> newCosts) {
    var named = new LinkedHashSet<RunId>();
    newCosts.forEach(cost -> named.add(cost.run()));
    return named;
  }

  private List<ItemResult<Boolean>> bookTogether(List<Booking> bookings) {
    transactions.inTransaction(() -> {
      write(bookings);
      return true;
    });
    return bookings.stream().<ItemResult<Boolean>>map(_ -> new ItemResult.Done<>(true)).toList();
  }

  private void write(List<Booking> bookings) {
    var lines = new ArrayList<CostLine>();
    var deltas = new ArrayList<Delta>();
    var told = new ArrayList<RunEvent>();
    for (var booking : bookings) {
      booking
          .lines()
          .forEach((run, added) -> {
            lines.addAll(added);
            added.forEach(line -> deltas.addAll(Delta.ofLine(run.path(), line)));
            told.add(RunEvent.costAdded(run, added, booking.actor()));
          });
    }
    costLines.addAll(lines);
    ledger.add(Delta.merged(deltas));
    events.add(told);
  }

  private static ItemResult<CostLine> refused(Rejection rejection) {
    return new ItemResult.Refused<>(rejection);
  }
}
