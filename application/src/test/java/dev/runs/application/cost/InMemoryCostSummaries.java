package dev.runs.application.cost;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.run.InMemoryRuns;
import dev.runs.application.run.RunFilter;
import dev.runs.application.run.RunFilters;
import dev.runs.domain.access.Reach;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.Money;
import dev.runs.domain.cost.Quantity;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Summaries of the cost lines in memory. */
public final class InMemoryCostSummaries implements CostSummaries {

  private final InMemoryTransactions transactions;
  private final InMemoryRuns runs;
  private final InMemoryCostLines lines;

  public InMemoryCostSummaries(
      InMemoryTransactions transactions, InMemoryRuns runs, InMemoryCostLines lines) {
    this.transactions = transactions;
    this.runs = runs;
    this.lines = lines;
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
    var groups = new TreeMap<Optional<String>, List<Run>>(keyLast());
    for (var run : meant(reach, filter)) {
      groups.computeIfAbsent(keyOf(run, grouping), _ -> new ArrayList<>()).add(run);
    }
    return groups.entrySet().stream()
        .map(group ->
            new RunGroup(
                group.getKey().orElse(null), total(group.getValue()), group.getValue().size()))
        .limit(limit)
        .toList();
  }

  private List<NameGroup> nameGroups(Reach.Within reach, RunFilter filter, int limit) {
    var groups = new TreeMap<String, List<CostLine>>();
    for (var line : linesOf(meant(reach, filter))) {
      groups.computeIfAbsent(line.name().value(), _ -> new ArrayList<>()).add(line);
    }
    return groups.entrySet().stream()
        .map(group ->
            new NameGroup(group.getKey(), sum(group.getValue()), quantity(group.getValue())))
        .limit(limit)
        .toList();
  }

  private List<Run> meant(Reach.Within reach, RunFilter filter) {
    return runs.stored().stream()
        .filter(run -> runs.isVisible(run.id()))
        .filter(run -> reach.includes(run.organization(), run.space().project()))
        .filter(run -> RunFilters.means(filter, run))
        .toList();
  }

  private List<CostLine> linesOf(List<Run> of) {
    Set<RunId> ids = of.stream().map(Run::id).collect(Collectors.toCollection(HashSet::new));
    return lines.all().stream().filter(line -> ids.contains(line.run())).toList();
  }

  private @Nullable Money total(List<Run> of) {
    var added = linesOf(of);
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
