package dev.runs.adapters.persistence.cost;

import static dev.runs.adapters.persistence.generated.Tables.RUN;

import dev.runs.adapters.persistence.Amount;
import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.CostOfDayDeltaRecord;
import dev.runs.adapters.persistence.generated.tables.records.RunRecord;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.Money;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Tells of lines that are written or taken back on which day they count, and for whom. It writes
 * changes that nobody waits for; {@link CostDayFolding} adds them up.
 */
public final class CostDays {

  /** So many runs are looked up at once. */
  private static final int MOST_AT_ONCE = 1_000;

  private record Key(
      UUID organization,
      LocalDate day,
      String project,
      String service,
      @Nullable UUID user,
      String name) {

    static Key of(RunRecord run, CostLine line) {
      return new Key(
          run.getOrganizationId(),
          LocalDate.ofInstant(line.createdAt(), ZoneOffset.UTC),
          run.getProject(),
          run.getService(),
          run.getUserId(),
          line.name().value());
    }
  }

  private final Database database;

  public CostDays(Database database) {
    this.database = database;
  }

  /** Lines that are there since this transaction, so that nobody takes their runs away. */
  void add(List<CostLine> lines) {
    var runs = new HashMap<UUID, RunRecord>();
    var ids = lines.stream().map(line -> line.run().value()).distinct().toList();
    for (var first = 0; first < ids.size(); first += MOST_AT_ONCE) {
      runs.putAll(found(ids.subList(first, Math.min(first + MOST_AT_ONCE, ids.size()))));
    }
    write(lines, runs, UnaryOperator.identity());
  }

  /**
   * Lines that somebody deleted.
   *
   * @param runs those to which the lines belonged, by id
   */
  public void takeBack(Collection<CostLine> lines, Map<UUID, RunRecord> runs) {
    write(lines, runs, Money.ZERO::minus);
  }

  private Map<UUID, RunRecord> found(List<UUID> ids) {
    return database
        .db()
        .select(RUN.ID, RUN.ORGANIZATION_ID, RUN.PROJECT, RUN.SERVICE, RUN.USER_ID)
        .from(RUN)
        .where(RUN.ID.in(ids))
        .fetchInto(RUN)
        .intoMap(RUN.ID);
  }

  private void write(
      Collection<CostLine> lines, Map<UUID, RunRecord> runs, UnaryOperator<Money> change) {
    var sums = new LinkedHashMap<Key, Money>();
    for (var line : lines) {
      var run = Objects.requireNonNull(runs.get(line.run().value()), "a line of one of the runs");
      sums.merge(Key.of(run, line), line.total(), Money::plus);
    }
    var rows = new ArrayList<CostOfDayDeltaRecord>();
    sums.forEach((key, sum) -> {
      if (sum.cents().signum() != 0) {
        rows.add(toRow(key, change.apply(sum)));
      }
    });
    database.add(rows);
  }

  private static CostOfDayDeltaRecord toRow(Key key, Money sum) {
    var amount = Amount.of(sum.cents(), Money.SCALE);
    var row = new CostOfDayDeltaRecord();
    row.setOrganizationId(key.organization());
    row.setDay(key.day().toString());
    row.setProject(key.project());
    row.setService(key.service());
    row.setUserId(key.user());
    row.setCostName(key.name());
    row.setAmountHi(amount.hi());
    row.setAmountLo(amount.lo());
    return row;
  }
}
