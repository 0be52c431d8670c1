package dev.runs.adapters.persistence.validation;

import static dev.runs.adapters.persistence.generated.Tables.CONTRACT_DAY;
import static dev.runs.adapters.persistence.generated.Tables.CONTRACT_POLICY;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.generated.Tables.VALIDATION;
import static dev.runs.adapters.persistence.generated.Tables.VALIDATION_FINDING;
import static dev.runs.adapters.persistence.run.RunRows.isNotBeingDeleted;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.ValidationFindingRecord;
import dev.runs.adapters.persistence.generated.tables.records.ValidationRecord;
import dev.runs.application.validation.CommonError;
import dev.runs.application.validation.ValidationFilter;
import dev.runs.application.validation.ValidationSum;
import dev.runs.application.validation.Validations;
import dev.runs.application.validation.VerdictCounts;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.validation.FailedValidation;
import dev.runs.domain.validation.Gate;
import dev.runs.domain.validation.Validation;
import dev.runs.domain.validation.ValidationId;
import dev.runs.domain.validation.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Keeps validations in the tables {@code validation} and {@code validation_finding}. */
public final class JooqValidations implements Validations {

  /** So many rows share what is counted of a day, so that few who record at once want the same. */
  private static final int SLOTS = 8;

  private final Database database;

  public JooqValidations(Database database) {
    this.database = database;
  }

  @Override
  public boolean add(Validation validation, Optional<String> onceKey) {
    var added =
        database
            .db()
            .insertInto(VALIDATION)
            .set(ValidationRows.toRow(validation, onceKey))
            .onConflictDoNothing()
            .execute();
    if (added == 1) {
      database.add(ValidationRows.findings(validation));
      count(validation);
    }
    return added == 1;
  }

  private void count(Validation validation) {
    var counts = VerdictCounts.of(validation.verdict());
    database
        .db()
        .insertInto(CONTRACT_DAY)
        .set(CONTRACT_DAY.ORGANIZATION_ID, validation.organization().value())
        .set(CONTRACT_DAY.CONTRACT_ID, validation.contract().value())
        .set(CONTRACT_DAY.UTC_DAY, validation.recordedAt().truncatedTo(ChronoUnit.DAYS))
        .set(CONTRACT_DAY.PROJECT, validation.project().value())
        .set(CONTRACT_DAY.SLOT, Math.floorMod(validation.id().hashCode(), SLOTS))
        .set(CONTRACT_DAY.PASSED, counts.passed())
        .set(CONTRACT_DAY.FAILED, counts.failed())
        .set(CONTRACT_DAY.WARNING, counts.warning())
        .set(CONTRACT_DAY.SKIPPED, counts.skipped())
        .onConflict(CONTRACT_DAY.getPrimaryKey().getFields())
        .doUpdate()
        .set(CONTRACT_DAY.PASSED, CONTRACT_DAY.PASSED.plus(excluded(CONTRACT_DAY.PASSED)))
        .set(CONTRACT_DAY.FAILED, CONTRACT_DAY.FAILED.plus(excluded(CONTRACT_DAY.FAILED)))
        .set(CONTRACT_DAY.WARNING, CONTRACT_DAY.WARNING.plus(excluded(CONTRACT_DAY.WARNING)))
        .set(CONTRACT_DAY.SKIPPED, CONTRACT_DAY.SKIPPED.plus(excluded(CONTRACT_DAY.SKIPPED)))
        .execute();
  }

  @Override
  public Optional<Validation> find(Reach reach, ValidationId id) {
    return withFindings(
            database
                .db()
                .selectFrom(VALIDATION)
                .where(VALIDATION.ID.eq(id.value()))
                .and(isWithin(reach))
                .and(isThere())
                .fetch())
        .stream()
        .findFirst();
  }

  @Override
  public int removeLoose(
      OrganizationId organization, Set<Verdict> verdicts, Instant before, int most) {
    var db = database.db();
    var old =
        database
            .dialect()
            .takeUntaken(
                db.select(VALIDATION.ID)
                    .from(VALIDATION)
                    .where(VALIDATION.ORGANIZATION_ID.eq(organization.value()))
                    .and(VALIDATION.RUN_ID.isNull())
                    .and(isAnyOf(verdicts))
                    .and(VALIDATION.RECORDED_AT.lt(before))
                    .orderBy(VALIDATION.RECORDED_AT, VALIDATION.ID)
                    .limit(most))
            .fetch(VALIDATION.ID);
    if (!old.isEmpty()) {
      db.deleteFrom(VALIDATION_FINDING).where(VALIDATION_FINDING.VALIDATION_ID.in(old)).execute();
      db.deleteFrom(VALIDATION).where(VALIDATION.ID.in(old)).execute();
    }
    return old.size();
  }

  @Override
  public List<Validation> ofRun(RunId run, int most) {
    return withFindings(
        database
            .db()
            .selectFrom(VALIDATION)
            .where(VALIDATION.RUN_ID.eq(run.value()))
            .orderBy(VALIDATION.ID)
            .limit(most)
            .fetch());
  }

  @Override
  public List<Validation> newestFirst(
      Reach.Within reach, ValidationFilter filter, int limit, int offset) {
    return withFindings(
        database
            .db()
            .selectFrom(VALIDATION)
            .where(matches(reach, filter))
            .orderBy(VALIDATION.RECORDED_AT.desc(), VALIDATION.ID.desc())
            .limit(limit)
            .offset(offset)
            .fetch());
  }

  @Override
  public int count(Reach.Within reach, ValidationFilter filter, int most) {
    return database
        .db()
        .fetchCount(selectOne().from(VALIDATION).where(matches(reach, filter)).limit(most));
  }

  @Override
  public Map<Instant, ValidationSum> sums(
      Reach.Within reach, ContractId contract, Instant from, Instant to, boolean isByHour) {
    var part =
        isByHour
            ? database.dialect().hourOf(VALIDATION.RECORDED_AT)
            : database.dialect().dayOf(VALIDATION.RECORDED_AT);
    var sums = new TreeMap<Instant, ValidationSum>();
    database
        .db()
        .select(
            part,
            countOf(Verdict.PASSED),
            countOf(Verdict.FAILED),
            countOf(Verdict.WARNING),
            countOf(Verdict.SKIPPED),
            sum(VALIDATION.ROW_COUNT),
            sum(VALIDATION.ERROR_COUNT),
            DSL.count(VALIDATION.DURATION_US),
            sum(VALIDATION.DURATION_US))
        .from(VALIDATION)
        .where(isOf(reach, contract, from, to))
        .groupBy(part)
        .forEach(row ->
            sums.put(
                Instant.parse(row.value1()),
                new ValidationSum(
                    row.value2(),
                    row.value3(),
                    row.value4(),
                    row.value5(),
                    whole(row.value6()),
                    whole(row.value7()),
                    row.value8(),
                    whole(row.value9()))));
    return sums;
  }

  @Override
  public List<CommonError> commonErrors(
      Reach.Within reach, ContractId contract, Instant from, Instant to, int most) {
    var found = countDistinct(VALIDATION_FINDING.VALIDATION_ID);
    return database
        .db()
        .select(
            VALIDATION_FINDING.CODE,
            min(VALIDATION_FINDING.MESSAGE),
            found,
            sum(VALIDATION_FINDING.ROW_COUNT))
        .from(VALIDATION)
        .join(VALIDATION_FINDING)
        .on(VALIDATION_FINDING.VALIDATION_ID.eq(VALIDATION.ID))
        .where(isOf(reach, contract, from, to))
        .and(VALIDATION_FINDING.IS_ERROR)
        .groupBy(VALIDATION_FINDING.CODE)
        .orderBy(found.desc(), VALIDATION_FINDING.CODE)
        .limit(most)
        .fetch(
            row -> new CommonError(row.value1(), row.value2(), row.value3(), whole(row.value4())));
  }

  @Override
  public Map<RunId, List<FailedValidation>> failedOf(Collection<RunId> runs) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    var later = VALIDATION.as("later");
    var failed = new HashMap<RunId, List<FailedValidation>>();
    database
        .db()
        .select(VALIDATION.RUN_ID, VALIDATION.ID, VALIDATION.CONTRACT_ID, CONTRACT_POLICY.GATE)
        .from(VALIDATION)
        .join(CONTRACT_POLICY)
        .on(CONTRACT_POLICY.ORGANIZATION_ID.eq(VALIDATION.ORGANIZATION_ID))
        .and(CONTRACT_POLICY.CONTRACT_ID.eq(VALIDATION.CONTRACT_ID))
        .where(VALIDATION.RUN_ID.in(runs.stream().map(RunId::value).toList()))
        .and(VALIDATION.VERDICT.eq(Verdict.FAILED.wireName()))
        .and(CONTRACT_POLICY.GATE.ne(Gate.NONE.wireName()))
        .and(
            notExists(
                selectOne()
                    .from(later)
                    .where(later.RUN_ID.eq(VALIDATION.RUN_ID))
                    .and(later.ID.gt(VALIDATION.ID))
                    .and(later.CONTRACT_ID.eq(VALIDATION.CONTRACT_ID))
                    .and(coalesce(later.SCHEMA_NAME, "").eq(coalesce(VALIDATION.SCHEMA_NAME, "")))))
        .orderBy(VALIDATION.ID)
        .forEach(row ->
            failed
                .computeIfAbsent(new RunId(row.value1()), _ -> new ArrayList<>())
                .add(
                    new FailedValidation(
                        new RunId(row.value1()),
                        new ValidationId(row.value2()),
                        new ContractId(row.value3()),
                        Gate.ofWireName(row.value4()).orElseThrow())));
    failed
        .values()
        .forEach(some -> some.sort(Comparator.comparing(FailedValidation::gate).reversed()));
    return failed;
  }

  private List<Validation> withFindings(List<ValidationRecord> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Map<UUID, List<ValidationFindingRecord>> findings =
        database
            .db()
            .selectFrom(VALIDATION_FINDING)
            .where(
                VALIDATION_FINDING.VALIDATION_ID.in(
                    rows.stream().map(ValidationRecord::getId).toList()))
            .orderBy(VALIDATION_FINDING.VALIDATION_ID, VALIDATION_FINDING.PLACE)
            .fetchGroups(VALIDATION_FINDING.VALIDATION_ID, row -> row);
    return rows.stream()
        .map(row -> ValidationRows.toValidation(row, findings.getOrDefault(row.getId(), List.of())))
        .toList();
  }

  private static Condition matches(Reach.Within reach, ValidationFilter filter) {
    return isWithin(reach)
        .and(filter.contract().map(VALIDATION.CONTRACT_ID::eq).orElse(noCondition()))
        .and(filter.run().map(RunId::value).map(VALIDATION.RUN_ID::eq).orElse(noCondition()))
        .and(filter.schemaName().map(VALIDATION.SCHEMA_NAME::eq).orElse(noCondition()))
        .and(filter.recordedFrom().map(VALIDATION.RECORDED_AT::ge).orElse(noCondition()))
        .and(filter.recordedTo().map(VALIDATION.RECORDED_AT::le).orElse(noCondition()))
        .and(filter.verdicts().isEmpty() ? noCondition() : isAnyOf(filter.verdicts()))
        .and(isThere());
  }

  private static Condition isOf(Reach.Within reach, ContractId contract, Instant from, Instant to) {
    return isWithin(reach)
        .and(VALIDATION.CONTRACT_ID.eq(contract.value()))
        .and(VALIDATION.RECORDED_AT.ge(from))
        .and(VALIDATION.RECORDED_AT.lt(to))
        .and(isThere());
  }

  static Condition isWithin(Reach reach) {
    return switch (reach) {
      case Reach.Everywhere _ -> noCondition();
      case Reach.Within(var organization, var projects) ->
          VALIDATION
              .ORGANIZATION_ID
              .eq(organization.value())
              .and(
                  projects.isEmpty()
                      ? noCondition()
                      : VALIDATION.PROJECT.in(
                          projects.stream().map(Slug::value).sorted().toList()));
    };
  }

  /** Leaves out those of runs that are being deleted. */
  static Condition isThere() {
    return VALIDATION
        .RUN_ID
        .isNull()
        .or(
            exists(
                selectOne()
                    .from(RUN)
                    .where(RUN.ID.eq(VALIDATION.RUN_ID))
                    .and(isNotBeingDeleted())));
  }

  private static Condition isAnyOf(Set<Verdict> verdicts) {
    return VALIDATION.VERDICT.in(verdicts.stream().sorted().map(Verdict::wireName).toList());
  }

  private static Field<Integer> countOf(Verdict verdict) {
    return DSL.count(when(VALIDATION.VERDICT.eq(verdict.wireName()), VALIDATION.ID));
  }

  static long whole(@Nullable BigDecimal sum) {
    return sum == null ? 0 : sum.longValueExact();
  }
}
