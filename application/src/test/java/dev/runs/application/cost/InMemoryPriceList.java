package dev.runs.application.cost;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Price;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/** The price list in memory. */
public final class InMemoryPriceList implements PriceList {

  private record Entry(CostName name, Instant effectiveFrom) {}

  private final InMemoryTransactions.Table<Entry, Price> rows;

  public InMemoryPriceList(InMemoryTransactions transactions) {
    this.rows =
        transactions.table(Comparator.comparing(Entry::name).thenComparing(Entry::effectiveFrom));
  }

  @Override
  public Price put(Price price) {
    var key = new Entry(price.name(), price.effectiveFrom());
    var there = rows.get(key);
    var kept =
        there == null
            ? price
            : new Price(
                there.id(),
                there.name(),
                price.unitPrice(),
                there.effectiveFrom(),
                there.createdAt(),
                price.updatedAt());
    rows.put(key, kept);
    return kept;
  }

  @Override
  public Map<CostName, Price> inEffect(Collection<CostName> names, Instant at) {
    var inEffect = inEffect(at);
    inEffect.keySet().retainAll(List.copyOf(names));
    return inEffect;
  }

  @Override
  public List<Price> inEffect(Instant at, Optional<CostName> after, int limit) {
    return inEffect(at).values().stream()
        .filter(price -> after.isEmpty() || price.name().compareTo(after.get()) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Price> history(CostName name, Optional<Instant> before, int limit) {
    return rows.all().stream()
        .filter(price -> price.name().equals(name))
        .filter(price -> before.isEmpty() || price.effectiveFrom().isBefore(before.get()))
        .sorted(Comparator.comparing(Price::effectiveFrom).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public boolean remove(CostName name) {
    var entries = rows.keys().stream().filter(key -> key.name().equals(name)).toList();
    entries.forEach(rows::remove);
    return !entries.isEmpty();
  }

  private Map<CostName, Price> inEffect(Instant at) {
    return rows.all().stream()
        .filter(price -> !price.effectiveFrom().isAfter(at))
        .collect(
            Collectors.toMap(
                Price::name,
                price -> price,
                BinaryOperator.maxBy(Comparator.comparing(Price::effectiveFrom)),
                LinkedHashMap::new));
  }
}
