package dev.runs.adapters.persistence.retention;

import static dev.runs.adapters.persistence.generated.Tables.RETAINED_COST;
import static dev.runs.adapters.persistence.generated.Tables.RETAINED_RUN;
import static org.jooq.impl.DSL.excluded;

import dev.runs.adapters.persistence.Amount;
import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.RetainedCostRecord;
import dev.runs.adapters.persistence.generated.tables.records.RetainedRunRecord;
import dev.runs.adapters.persistence.generated.tables.records.RunRecord;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Money;
import dev.runs.domain.cost.Quantity;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.TableRecord;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what runs cost that are removed, and how many they were. Rows are added to in the order
 * of their ids, so that two who do so never wait for each other in a circle.
 */
final class RetainedSums {

  private record Sum(BigDecimal cents, BigDecimal quantity) {

    static Sum of(CostLine line) {
      return new Sum(line.total().cents(), line.quantity().value());
    }

    Sum plus(Sum other) {
      return new Sum(cents.add(other.cents), quantity.add(other.quantity));
    }
  }

  /** Lines of one name, of runs that do not differ in anything that is remembered. */
  private record Key(Trait run, CostName name) {}

  /** All that is remembered of a run, and its root, which may be left out. */
  private record Trait(
      UUID organization,
      String project,
      @Nullable UUID root,
      String service,
      String task,
      @Nullable String app,
      @Nullable String brand,
      @Nullable String campaign,
      @Nullable UUID user,
      String state,
      Instant createdDay,
      @Nullable Instant startedDay) {

    static Trait of(RunRecord run, @Nullable UUID root) {
      return new Trait(
          run.getOrganizationId(),
          run.getProject(),
          root,
          run.getService(),
          run.getTask(),
          run.getAppId(),
          run.getBrandId(),
          run.getCampaignId(),
          run.getUserId(),
          run.getState(),
          run.getCreatedAt().truncatedTo(ChronoUnit.DAYS),
          midnight(run.getStartedAt()));
    }

    /** The same for the same traits, and for no others. */
    UUID id(@Nullable String name) {
      var sha = sha256();
      put(sha, organization);
      put(sha, project);
      put(sha, root);
      put(sha, service);
      put(sha, task);
      put(sha, app);
      put(sha, brand);
      put(sha, campaign);
      put(sha, user);
      put(sha, state);
      put(sha, createdDay);
      put(sha, startedDay);
      put(sha, name);
      var digest = ByteBuffer.wrap(sha.digest());
      return new UUID(digest.getLong(), digest.getLong());
    }

    /** With its length before it, so that no two lists of values look alike. */
    private static void put(MessageDigest sha, @Nullable Object value) {
      if (value == null) {
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(-1).flip());
      } else {
        var bytes = value.toString().getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        sha.update(bytes);
      }
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }

    private static @Nullable Instant midnight(@Nullable Instant instant) {
      return instant == null ? null : instant.truncatedTo(ChronoUnit.DAYS);
    }
  }

  private final Database database;

  RetainedSums(Database database) {
    this.database = database;
  }

  /**
   * @param runs those to which the lines belonged, by id
   */
  void addLines(List<CostLine> lines, Map<UUID, RunRecord> runs) {
    var sums = new HashMap<Key, Sum>();
    for (var line : lines) {
      var run = Objects.requireNonNull(runs.get(line.run().value()), "a line of one of the runs");
      sums.merge(new Key(Trait.of(run, run.getRootId()), line.name()), Sum.of(line), Sum::plus);
    }
    var rows = new TreeMap<UUID, RetainedCostRecord>();
    sums.forEach((key, sum) -> {
      var row = toRow(key, sum);
      rows.put(row.getId(), row);
    });
    addCosts(rows);
  }

  void addRuns(Collection<RunRecord> runs) {
    var counts = new HashMap<Trait, Long>();
    runs.forEach(run -> counts.merge(Trait.of(run, null), 1L, Long::sum));
    var rows = new TreeMap<UUID, RetainedRunRecord>();
    counts.forEach((run, count) -> {
      var row = toRow(run, count);
      rows.put(row.getId(), row);
    });
    addRuns(rows);
  }

  private void addCosts(SortedMap<UUID, RetainedCostRecord> rows) {
    var columns = List.of(RETAINED_COST.fields());
    var upsert =
        database
            .db()
            .insertInto(RETAINED_COST)
            .set(Database.unknown(columns))
            .onConflict(RETAINED_COST.ID)
            .doUpdate()
            .set(
                RETAINED_COST.QUANTITY_HI,
                Amount.carried(RETAINED_COST.QUANTITY_HI, RETAINED_COST.QUANTITY_LO))
            .set(RETAINED_COST.QUANTITY_LO, Amount.rest(RETAINED_COST.QUANTITY_LO))
            .set(
                RETAINED_COST.TOTAL_HI,
                Amount.carried(RETAINED_COST.TOTAL_HI, RETAINED_COST.TOTAL_LO))
            .set(RETAINED_COST.TOTAL_LO, Amount.rest(RETAINED_COST.TOTAL_LO));
    execute(upsert, columns, rows.values());
  }

  private void addRuns(SortedMap<UUID, RetainedRunRecord> rows) {
    var columns = List.of(RETAINED_RUN.fields());
    var upsert =
        database
            .db()
            .insertInto(RETAINED_RUN)
            .set(Database.unknown(columns))
            .onConflict(RETAINED_RUN.ID)
            .doUpdate()
            .set(RETAINED_RUN.RUNS, RETAINED_RUN.RUNS.plus(excluded(RETAINED_RUN.RUNS)));
    execute(upsert, columns, rows.values());
  }

  private void execute(
      org.jooq.Query upsert, List<Field<?>> columns, Collection<? extends TableRecord<?>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    var batch = database.db().batch(upsert);
    for (var row : rows) {
      batch = batch.bind(columns.stream().map(row::get).toArray());
    }
    batch.execute();
  }

  private static RetainedCostRecord toRow(Key key, Sum sum) {
    var run = key.run();
    var quantity = Amount.of(sum.quantity(), Quantity.SCALE);
    var total = Amount.of(sum.cents(), Money.SCALE);
    var row = new RetainedCostRecord();
    row.setId(run.id(key.name().value()));
    row.setOrganizationId(run.organization());
    row.setProject(run.project());
    row.setRootId(run.root());
    row.setService(run.service());
    row.setTask(run.task());
    row.setAppId(run.app());
    row.setBrandId(run.brand());
    row.setCampaignId(run.campaign());
    row.setUserId(run.user());
    row.setState(run.state());
    row.setCreatedDay(run.createdDay());
    row.setStartedDay(run.startedDay());
    row.setCostName(key.name().value());
    row.setQuantityHi(quantity.hi());
    row.setQuantityLo(quantity.lo());
    row.setTotalHi(total.hi());
    row.setTotalLo(total.lo());
    return row;
  }

  private static RetainedRunRecord toRow(Trait run, long count) {
    var row = new RetainedRunRecord();
    row.setId(run.id(null));
    row.setOrganizationId(run.organization());
    row.setProject(run.project());
    row.setService(run.service());
    row.setTask(run.task());
    row.setAppId(run.app());
    row.setBrandId(run.brand());
    row.setCampaignId(run.campaign());
    row.setUserId(run.user());
    row.setState(run.state());
    row.setCreatedDay(run.createdDay());
    row.setStartedDay(run.startedDay());
    row.setRuns(count);
    return row;
  }
}
