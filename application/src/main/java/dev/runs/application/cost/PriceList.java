package dev.runs.application.cost;

import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Price;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The prices that are kept here: for each name a history of entries, each with its first day. */
public interface PriceList {

  /**
   * Adds an entry, or changes the price of the one that takes effect at the same instant.
   *
   * @return the entry as it is kept now
   */
  Price put(Price price);

  /** For each name the entry that is in effect at an instant; names without one are absent. */
  Map<CostName, Price> inEffect(Collection<CostName> names, Instant at);

  /**
   * The entries in effect of all names, in the order of the names.
   *
   * @param after the name behind which to go on; nothing for the first page
   */
  List<Price> inEffect(Instant at, Optional<CostName> after, int limit);

  /**
   * All entries of a name, latest effect first.
   *
   * @param before the effective instant behind which to go on; nothing for the first page
   */
  List<Price> history(CostName name, Optional<Instant> before, int limit);

  /**
   * Removes a name with its history.
   *
   * @return whether there was any
   */
  boolean remove(CostName name);
}
