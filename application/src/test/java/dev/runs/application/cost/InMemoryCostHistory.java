package dev.runs.application.cost;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.run.InMemoryRuns;
import dev.runs.domain.access.Reach;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.Money;
import dev.runs.domain.run.Run;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Adds up the days from the lines in memory each time it is asked. */
public final class InMemoryCostHistory implements CostHistory {

  private record Booked(LocalDate day, Run run, CostLine line) {

    static Booked of(Run run, CostLine line) {
      return new Booked(LocalDate.ofInstant(line.createdAt(), ZoneOffset.UTC), run, line);
    }
  }

  private final InMemoryTransactions transactions;
  private final InMemoryRuns runs;
  private final InMemoryCostLines lines;
  private final InMemoryRetained retained;

  public InMemoryCostHistory(
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
  public List<DayTotal> totals(Reach reach, Days days) {
    return sums(reach, days, Booked::day).entrySet().stream()
        .map(sum -> new DayTotal(sum.getKey(), sum.getValue()))
        .toList();
  }

  @Override
  public List<GroupTotal> groups(Reach reach, Days days, Grouping grouping, int limit) {
    return sums(reach, days, booked -> keyOf(booked.run(), booked.line(), grouping))
        .entrySet()
        .stream()
        .map(sum -> new GroupTotal(sum.getKey(), sum.getValue()))
        .sorted(Comparator.comparing(GroupTotal::total).reversed().thenComparing(GroupTotal::key))
        .limit(limit)
        .toList();
  }

  @Override
  public List<GroupOfDay> daysOf(
      Reach reach, Days days, Grouping grouping, Collection<String> keys) {
    return all(reach, days, grouping).filter(group -> keys.contains(group.key())).toList();
  }

  @Override
  public List<GroupOfDay> days(Reach reach, Days days, Grouping grouping, int limit) {
    return all(reach, days, grouping).limit(limit).toList();
  }

  /** There is never anything to fold. */
  @Override
  public int fold(int most) {
    return 0;
  }

  private Stream<GroupOfDay> all(Reach reach, Days days, Grouping grouping) {
    return days.each()
        .flatMap(day ->
            sums(reach, new Days(day, day), booked -> keyOf(booked.run(), booked.line(), grouping))
                .entrySet()
                .stream()
                .map(sum -> new GroupOfDay(day, sum.getKey(), sum.getValue())));
  }

  private <K extends Comparable<? super K>> Map<K, Money> sums(
      Reach reach, Days days, Function<Booked, K> key) {
    var sums = new TreeMap<K, Money>();
    for (var booked : transactions.reading(this::booked)) {
      if (reach.includes(booked.run().organization(), booked.run().space().project())
          && !booked.day().isBefore(days.first())
          && !booked.day().isAfter(days.last())) {
        sums.merge(key.apply(booked), booked.line().total(), Money::plus);
      }
    }
    return sums;
  }

  private List<Booked> booked() {
    var byId = runs.stored().stream().collect(Collectors.toMap(Run::id, Function.identity()));
    var booked = new ArrayList<Booked>();
    lines
        .all()
        .forEach(line ->
            booked.add(
                Booked.of(Objects.requireNonNull(byId.get(line.run()), "a line has a run"), line)));
    for (var fact : retained.all()) {
      var line = fact.line();
      if (line != null) {
        booked.add(Booked.of(fact.run(), line));
      }
    }
    return booked;
  }

  private static String keyOf(Run run, CostLine line, Grouping grouping) {
    return switch (grouping) {
      case SERVICE -> run.origin().service();
      case USER -> run.user() == null ? "" : run.user().toString();
      case COST_NAME -> line.name().value();
      case PROJECT -> run.space().project().value();
      case ORGANIZATION -> run.organization().toString();
    };
  }
}
