package dev.runs.application.cost;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.cost.InMemoryRetained.Fact;
import dev.runs.application.run.InMemoryRuns;
import dev.runs.application.run.RunFilter;
import dev.runs.application.run.RunFilters;
import dev.runs.domain.access.Reach;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.Money;
import dev.runs.domain.cost.Quantity;
import dev.runs.domain.run.Run;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Summaries of the cost lines in memory. */
public final class InMemoryCostSummaries implements CostSummaries {

  private final InMemoryTransactions transactions;
  private final InMemoryRuns runs;
  private final InMemoryCostLines lines;
  private final InMemoryRetained retained;

  public InMemoryCostSummaries(
      InMemoryTransactions transactions,
      InMemoryRuns runs,
      InMemoryCostLines lines,
      InMemoryRetained retained) {
    this.transactions = transactions;
    this.runs = runs;
    this.lines = lines;
    this.retained = retained;
  }

  @Override
  public List<RunGroup> byRun(Reach.Within reach, RunFilter filter, Grouping grouping, int limit) {
    return transactions.reading(() -> runGroups(reach, filter, grouping, limit));
  }

  @Override
  public List<NameGroup> byName(Reach.Within reach, RunFilter filter, int limit) {
    return transactions.reading(() -> nameGroups(reach, filter, limit));
  }

  private List<RunGroup> runGroups(
      Reach.Within reach, RunFilter filter, Grouping grouping, int limit) {
    var groups = new TreeMap<Optional<String>, List<Fact>>(keyLast());
    for (var fact : meant(reach, filter)) {
      groups.computeIfAbsent(keyOf(fact.run(), grouping), _ -> new ArrayList<>()).add(fact);
    }
    return groups.entrySet().stream()
        .map(group ->
            new RunGroup(
                group.getKey().orElse(null), total(group.getValue()), runs(group.getValue())))
        .limit(limit)
        .toList();
  }

  private List<NameGroup> nameGroups(Reach.Within reach, RunFilter filter, int limit) {
    var groups = new TreeMap<String, List<CostLine>>();
    for (var line : lines(meant(reach, filter))) {
      groups.computeIfAbsent(line.name().value(), _ -> new ArrayList<>()).add(line);
    }
    return groups.entrySet().stream()
        .map(group ->
            new NameGroup(group.getKey(), sum(group.getValue()), quantity(group.getValue())))
        .limit(limit)
        .toList();
  }

  /** Of the runs that are there, and of those that went for their age. */
  private List<Fact> meant(Reach.Within reach, RunFilter filter) {
    var facts = new ArrayList<Fact>();
    for (var run : runs.stored()) {
      if (runs.isCounted(run)) {
        facts.add(new Fact(run, null));
        lines.all().stream()
            .filter(line -> line.run().equals(run.id()))
            .forEach(line -> facts.add(new Fact(run, line)));
      }
    }
    if (filter.parent().isEmpty() && !filter.isOfRoots() && filter.text().isEmpty()) {
      facts.addAll(retained.all());
    }
    facts.removeIf(fact -> !isMeant(fact.run(), reach, filter));
    return facts;
  }

  private static boolean isMeant(Run run, Reach.Within reach, RunFilter filter) {
    return reach.includes(run.organization(), run.space().project())
        && RunFilters.means(filter, run);
  }

  private static long runs(List<Fact> facts) {
    return facts.stream().filter(fact -> fact.line() == null).count();
  }

  private static List<CostLine> lines(List<Fact> facts) {
    return facts.stream().map(Fact::line).filter(Objects::nonNull).toList();
  }

  private static @Nullable Money total(List<Fact> facts) {
    var added = lines(facts);
    return added.isEmpty() ? null : sum(added);
  }

  private static Money sum(List<CostLine> lines) {
    return lines.stream().map(CostLine::total).reduce(Money.ZERO, Money::plus);
  }

  private static BigDecimal quantity(List<CostLine> lines) {
    return lines.stream()
        .map(line -> line.quantity().value())
        .reduce(BigDecimal.ZERO.setScale(Quantity.SCALE), BigDecimal::add);
  }

  private static Optional<String> keyOf(Run run, Grouping grouping) {
    return switch (grouping) {
      case SERVICE -> Optional.of(run.origin().service());
      case USER -> Optional.ofNullable(run.user()).map(Object::toString);
    };
  }

  private static Comparator<Optional<String>> keyLast() {
    return Comparator.comparing(
        key -> key.orElse(null), Comparator.nullsLast(Comparator.naturalOrder()));
  }
}
