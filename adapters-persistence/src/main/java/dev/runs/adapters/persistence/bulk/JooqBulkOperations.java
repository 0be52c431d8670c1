package dev.runs.adapters.persistence.bulk;

import static dev.runs.adapters.persistence.generated.Tables.BULK_OPERATION;
import static dev.runs.adapters.persistence.generated.Tables.ORGANIZATION;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.BulkOperationRecord;
import dev.runs.application.bulk.BulkAction;
import dev.runs.application.bulk.BulkChoice;
import dev.runs.application.bulk.BulkId;
import dev.runs.application.bulk.BulkOperation;
import dev.runs.application.bulk.BulkOperations;
import dev.runs.application.bulk.BulkState;
import dev.runs.application.bulk.BulkTally;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.run.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.impl.DSL;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps bulk operations in the table {@code bulk_operation}. */
public final class JooqBulkOperations implements BulkOperations {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final TypeReference<TreeMap<String, Long>> REASONS = new TypeReference<>() {};

  /** Everything but the choice, which may be long. */
  private static final List<Field<?>> COLUMNS =
      BULK_OPERATION.fieldStream().filter(it -> !it.equals(BULK_OPERATION.CHOICE)).toList();

  /** Written out, so that the index of these few is used. */
  private static final Condition IS_RUNNING =
      BULK_OPERATION.STATE.eq(DSL.inline(BulkState.RUNNING.wireName()));

  private final Database database;

  public JooqBulkOperations(Database database) {
    this.database = database;
  }

  @Override
  public boolean add(BulkOperation operation, BulkChoice choice) {
    var row = toRow(operation);
    row.setChoice(JSON.valueOf(BulkChoices.toJson(choice)));
    return database.db().insertInto(BULK_OPERATION).set(row).onConflictDoNothing().execute() == 1;
  }

  @Override
  public int takeRunning(OrganizationId organization) {
    var db = database.db();
    database
        .dialect()
        .takeForChange(
            db.select(ORGANIZATION.ID)
                .from(ORGANIZATION)
                .where(ORGANIZATION.ID.eq(organization.value())))
        .fetch();
    return db.fetchCount(
        BULK_OPERATION, IS_RUNNING.and(BULK_OPERATION.ORGANIZATION_ID.eq(organization.value())));
  }

  @Override
  public Optional<BulkOperation> find(Reach.Within reach, BulkId id) {
    return database
        .db()
        .select(COLUMNS)
        .from(BULK_OPERATION)
        .where(isWithin(reach))
        .and(BULK_OPERATION.ID.eq(id.value()))
        .fetchOptional(row -> toOperation(row.into(BULK_OPERATION)));
  }

  @Override
  public List<BulkOperation> newestFirst(Reach.Within reach, int limit) {
    return database
        .db()
        .select(COLUMNS)
        .from(BULK_OPERATION)
        .where(isWithin(reach))
        .orderBy(BULK_OPERATION.ID.desc())
        .limit(limit)
        .fetch(row -> toOperation(row.into(BULK_OPERATION)));
  }

  @Override
  public BulkChoice choice(BulkId id) {
    return database
        .db()
        .select(BULK_OPERATION.CHOICE)
        .from(BULK_OPERATION)
        .where(BULK_OPERATION.ID.eq(id.value()))
        .fetchSingle(row -> BulkChoices.ofJson(row.value1().data()));
  }

  @Override
  public Optional<BulkOperation> nextRunning(Optional<BulkId> after) {
    return database
        .db()
        .select(COLUMNS)
        .from(BULK_OPERATION)
        .where(IS_RUNNING)
        .and(after.map(id -> BULK_OPERATION.ID.gt(id.value())).orElseGet(DSL::noCondition))
        .orderBy(BULK_OPERATION.ID)
        .limit(1)
        .fetchOptional(row -> toOperation(row.into(BULK_OPERATION)));
  }

  @Override
  public BulkOperation take(BulkId id) {
    var query =
        database.db().select(COLUMNS).from(BULK_OPERATION).where(BULK_OPERATION.ID.eq(id.value()));
    return database.dialect().take(query).fetchSingle(row -> toOperation(row.into(BULK_OPERATION)));
  }

  @Override
  public void save(BulkOperation operation) {
    var saved =
        database
            .db()
            .update(BULK_OPERATION)
            .set(BULK_OPERATION.STATE, operation.state().wireName())
            .set(BULK_OPERATION.DONE, operation.tally().done())
            .set(BULK_OPERATION.SKIPPED, operation.tally().skipped())
            .set(BULK_OPERATION.FAILED, operation.tally().failed())
            .set(BULK_OPERATION.REASONS, reasons(operation.tally()))
            .set(BULK_OPERATION.REACHED_ID, operation.place().map(RunId::value).orElse(null))
            .set(BULK_OPERATION.UPDATED_AT, operation.updatedAt())
            .set(BULK_OPERATION.VERSION, operation.version())
            .set(BULK_OPERATION.STOP_CODE, operation.stopCode().orElse(null))
            .where(BULK_OPERATION.ID.eq(operation.id().value()))
            .and(BULK_OPERATION.VERSION.eq(operation.version() - 1))
            .execute();
    if (saved != 1) {
      throw new IllegalStateException(
          "bulk operation %s is not in version %d"
              .formatted(operation.id(), operation.version() - 1));
    }
  }

  private static Condition isWithin(Reach.Within reach) {
    return BULK_OPERATION.ORGANIZATION_ID.eq(reach.organization().value());
  }

  private static BulkOperationRecord toRow(BulkOperation operation) {
    var row = new BulkOperationRecord();
    row.setId(operation.id().value());
    row.setOrganizationId(operation.organization().value());
    row.setAction(operation.action().wireName());
    row.setThroughId(operation.through().value());
    row.setExpected(operation.expected());
    row.setActor(operation.actor().value());
    row.setCreatedAt(operation.createdAt());
    row.setState(operation.state().wireName());
    row.setDone(operation.tally().done());
    row.setSkipped(operation.tally().skipped());
    row.setFailed(operation.tally().failed());
    row.setReasons(reasons(operation.tally()));
    row.setReachedId(operation.place().map(RunId::value).orElse(null));
    row.setUpdatedAt(operation.updatedAt());
    row.setVersion(operation.version());
    row.setRequestId(operation.origin().map(Origin::requestId).orElse(null));
    row.setAddress(operation.origin().map(Origin::address).orElse(null));
    row.setStopCode(operation.stopCode().orElse(null));
    return row;
  }

  private static JSON reasons(BulkTally tally) {
    return JSON.valueOf(MAPPER.writeValueAsString(new TreeMap<>(tally.reasons())));
  }

  private static BulkOperation toOperation(BulkOperationRecord row) {
    Map<String, Long> reasons = MAPPER.readValue(row.getReasons().data(), REASONS);
    return new BulkOperation(
        new BulkId(row.getId()),
        new OrganizationId(row.getOrganizationId()),
        BulkAction.ofWireName(row.getAction()).orElseThrow(),
        new Principal(row.getActor()),
        row.getCreatedAt(),
        new RunId(row.getThroughId()),
        row.getExpected(),
        BulkState.ofWireName(row.getState()).orElseThrow(),
        new BulkTally(row.getDone(), row.getSkipped(), row.getFailed(), reasons),
        Optional.ofNullable(row.getReachedId()).map(RunId::new),
        row.getUpdatedAt(),
        row.getVersion(),
        origin(row),
        Optional.ofNullable(row.getStopCode()));
  }

  private static Optional<Origin> origin(BulkOperationRecord row) {
    return row.getRequestId() == null || row.getAddress() == null
        ? Optional.empty()
        : Optional.of(new Origin(row.getRequestId(), row.getAddress()));
  }
}
