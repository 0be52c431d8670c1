package dev.runs.application.cost;

import dev.runs.application.Cursor;
import dev.runs.application.Page;
import dev.runs.application.RequestRejected;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.CostRejected;
import dev.runs.domain.cost.Price;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Shows the prices that are kept here. */
public final class ShowPrices {

  /** How many prices a page has at most. */
  public static final int LARGEST_PAGE = 200;

  private final PriceList list;
  private final InstantSource clock;

  public ShowPrices(PriceList list, InstantSource clock) {
    this.list = list;
    this.clock = clock;
  }

  /**
   * The price in effect now.
   *
   * @throws CostRejected.PriceNotFound when there is none
   */
  public Price current(CostName name) {
    return Optional.ofNullable(list.inEffect(List.of(name), clock.instant()).get(name))
        .orElseThrow(CostRejected.PriceNotFound::new);
  }

  /** The prices in effect now, in the order of the names. */
  public Page<Price> all(Optional<String> cursor, int limit) {
    var after = cursor.map(text -> new CostName(Cursor.text(text)));
    return Page.cut(
        list.inEffect(clock.instant(), after, limit + 1),
        limit,
        price -> Cursor.of(price.name().value()));
  }

  /**
   * All entries of a name, latest effect first.
   *
   * @throws CostRejected.PriceNotFound when there never was one
   */
  public Page<Price> history(CostName name, Optional<String> cursor, int limit) {
    var before = cursor.map(ShowPrices::place);
    var entries = list.history(name, before, limit + 1);
    if (entries.isEmpty() && before.isEmpty()) {
      throw new CostRejected.PriceNotFound();
    }
    return Page.cut(entries, limit, price -> Cursor.of(price.effectiveFrom().toString()));
  }

  private static Instant place(String cursor) {
    try {
      return Instant.parse(Cursor.text(cursor));
    } catch (DateTimeException e) {
      throw new RequestRejected.BadCursor();
    }
  }
}
