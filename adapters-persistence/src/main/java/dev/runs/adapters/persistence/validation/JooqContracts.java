package dev.runs.adapters.persistence.validation;

import static dev.runs.adapters.persistence.generated.Tables.CONTRACT_DAY;
import static dev.runs.adapters.persistence.generated.Tables.CONTRACT_POLICY;
import static dev.runs.adapters.persistence.generated.Tables.PIPELINE_RUN;
import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.generated.Tables.VALIDATION;
import static dev.runs.adapters.persistence.generated.Tables.VALIDATION_FINDING;
import static dev.runs.adapters.persistence.run.RunRows.isNotBeingDeleted;
import static dev.runs.adapters.persistence.validation.JooqValidations.isThere;
import static dev.runs.adapters.persistence.validation.JooqValidations.isWithin;
import static dev.runs.adapters.persistence.validation.JooqValidations.whole;
import static org.jooq.impl.DSL.countDistinct;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.DistinctNames;
import dev.runs.adapters.persistence.run.RunRows;
import dev.runs.application.validation.CommonError;
import dev.runs.application.validation.Contracts;
import dev.runs.application.validation.VerdictCounts;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import dev.runs.domain.validation.ValidationId;
import dev.runs.domain.validation.Verdict;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.RowN;
import org.jooq.impl.DSL;

/**
 * Reads contracts where they are named: in {@code contract_day}, which counts validations, in
 * {@code pipeline_run} and in {@code contract_policy}.
 */
public final class JooqContracts implements Contracts {

  private static final Field<String> WANTED =
      field(name("wanted", "contract"), VALIDATION.CONTRACT_ID.getDataType());

  private final Database database;
  private final DistinctNames names;

  public JooqContracts(Database database) {
    this.database = database;
    this.names = new DistinctNames(database);
  }

  @Override
  public List<ContractId> page(Reach.Within reach, Optional<ContractId> after, int limit) {
    var behind = after.map(ContractId::value);
    var organization = reach.organization().value();
    var found = new TreeSet<>(DistinctNames.ORDER);
    found.addAll(names.find(CONTRACT_DAY, CONTRACT_DAY.CONTRACT_ID, isDayOf(reach), behind, limit));
    found.addAll(
        names.find(PIPELINE_RUN, PIPELINE_RUN.CONTRACT_ID, isPipelineOf(reach), behind, limit));
    found.addAll(
        names.find(
            CONTRACT_POLICY,
            CONTRACT_POLICY.CONTRACT_ID,
            CONTRACT_POLICY.ORGANIZATION_ID.eq(organization),
            behind,
            limit));
    return found.stream().limit(limit).map(ContractId::new).toList();
  }

  @Override
  public Map<ContractId, SortedMap<Instant, VerdictCounts>> days(
      Reach.Within reach, Collection<ContractId> contracts, Instant from) {
    var days = new HashMap<ContractId, SortedMap<Instant, VerdictCounts>>();
    if (contracts.isEmpty()) {
      return days;
    }
    database
        .db()
        .select(
            CONTRACT_DAY.CONTRACT_ID,
            CONTRACT_DAY.UTC_DAY,
            sum(CONTRACT_DAY.PASSED),
            sum(CONTRACT_DAY.FAILED),
            sum(CONTRACT_DAY.WARNING),
            sum(CONTRACT_DAY.SKIPPED))
        .from(CONTRACT_DAY)
        .where(isDayOf(reach))
        .and(CONTRACT_DAY.CONTRACT_ID.in(values(contracts)))
        .and(CONTRACT_DAY.UTC_DAY.ge(from))
        .groupBy(CONTRACT_DAY.CONTRACT_ID, CONTRACT_DAY.UTC_DAY)
        .forEach(row ->
            days.computeIfAbsent(new ContractId(row.value1()), _ -> new TreeMap<>())
                .put(
                    row.value2(),
                    new VerdictCounts(
                        whole(row.value3()),
                        whole(row.value4()),
                        whole(row.value5()),
                        whole(row.value6()))));
    return days;
  }

  @Override
  public Map<ContractId, LastValidation> lastValidations(
      Reach.Within reach, Collection<ContractId> contracts) {
    if (contracts.isEmpty()) {
      return Map.of();
    }
    var last =
        lastOf(
            contracts,
            field(
                select(VALIDATION.ID)
                    .from(VALIDATION)
                    .where(isWithin(reach))
                    .and(VALIDATION.CONTRACT_ID.eq(WANTED))
                    .and(isThere())
                    .orderBy(VALIDATION.RECORDED_AT.desc(), VALIDATION.ID.desc())
                    .limit(inline(1))));
    if (last.isEmpty()) {
      return Map.of();
    }
    return database
        .db()
        .select(
            VALIDATION.CONTRACT_ID,
            VALIDATION.ID,
            VALIDATION.VERDICT,
            VALIDATION.RUN_ID,
            VALIDATION.RECORDED_AT)
        .from(VALIDATION)
        .where(VALIDATION.ID.in(last))
        .fetchMap(
            row -> new ContractId(row.value1()),
            row ->
                new LastValidation(
                    new ValidationId(row.value2()),
                    Verdict.ofWireName(row.value3()).orElseThrow(),
                    Optional.ofNullable(row.value4()).map(RunId::new),
                    row.value5()));
  }

  @Override
  public Map<ContractId, LastRun> lastRuns(Reach.Within reach, Collection<ContractId> contracts) {
    if (contracts.isEmpty()) {
      return Map.of();
    }
    var last =
        lastOf(
            contracts,
            field(
                select(PIPELINE_RUN.RUN_ID)
                    .from(PIPELINE_RUN)
                    .join(RUN)
                    .on(RUN.ID.eq(PIPELINE_RUN.RUN_ID))
                    .where(PIPELINE_RUN.ORGANIZATION_ID.eq(reach.organization().value()))
                    .and(PIPELINE_RUN.CONTRACT_ID.eq(WANTED))
                    .and(RunRows.isWithin(reach))
                    .and(isNotBeingDeleted())
                    .orderBy(PIPELINE_RUN.CREATED_AT.desc(), PIPELINE_RUN.RUN_ID.desc())
                    .limit(inline(1))));
    if (last.isEmpty()) {
      return Map.of();
    }
    return database
        .db()
        .select(
            PIPELINE_RUN.CONTRACT_ID,
            PIPELINE_RUN.RUN_ID,
            PIPELINE_RUN.PIPELINE_NAME,
            RUN.STATE,
            PIPELINE_RUN.CREATED_AT)
        .from(PIPELINE_RUN)
        .join(RUN)
        .on(RUN.ID.eq(PIPELINE_RUN.RUN_ID))
        .where(PIPELINE_RUN.RUN_ID.in(last))
        .fetchMap(
            row -> new ContractId(row.value1()),
            row ->
                new LastRun(
                    new RunId(row.value2()),
                    Optional.ofNullable(row.value3()),
                    StateName.ofWireName(row.value4()).orElseThrow(),
                    row.value5()));
  }

  /** One probe of an index for each contract. */
  private List<UUID> lastOf(Collection<ContractId> contracts, Field<UUID> last) {
    var wanted = values(contracts).stream().map(one -> row(List.of(one))).toArray(RowN[]::new);
    return database
        .db()
        .select(last)
        .from(DSL.values(wanted).as("wanted", "contract"))
        .fetch()
        .stream()
        .map(found -> found.value1())
        .filter(Objects::nonNull)
        .toList();
  }

  @Override
  public List<CommonError> recentErrors(
      Reach.Within reach, ContractId contract, int last, int most) {
    var recent =
        select(VALIDATION.ID)
            .from(VALIDATION)
            .where(isWithin(reach))
            .and(VALIDATION.CONTRACT_ID.eq(contract.value()))
            .and(isThere())
            .orderBy(VALIDATION.RECORDED_AT.desc(), VALIDATION.ID.desc())
            .limit(inline(last))
            .asTable("recent");
    var id = Objects.requireNonNull(recent.field(VALIDATION.ID), "the column that was selected");
    var found = countDistinct(VALIDATION_FINDING.VALIDATION_ID);
    return database
        .db()
        .select(
            VALIDATION_FINDING.CODE,
            min(VALIDATION_FINDING.MESSAGE),
            found,
            sum(VALIDATION_FINDING.ROW_COUNT))
        .from(recent)
        .join(VALIDATION_FINDING)
        .on(VALIDATION_FINDING.VALIDATION_ID.eq(id))
        .where(VALIDATION_FINDING.IS_ERROR)
        .groupBy(VALIDATION_FINDING.CODE)
        .orderBy(found.desc(), VALIDATION_FINDING.CODE)
        .limit(most)
        .fetch(
            row -> new CommonError(row.value1(), row.value2(), row.value3(), whole(row.value4())));
  }

  private static List<String> values(Collection<ContractId> contracts) {
    return contracts.stream().map(ContractId::value).toList();
  }

  private static Condition isDayOf(Reach.Within reach) {
    return CONTRACT_DAY
        .ORGANIZATION_ID
        .eq(reach.organization().value())
        .and(
            reach.projects().isEmpty()
                ? noCondition()
                : CONTRACT_DAY.PROJECT.in(
                    reach.projects().stream().map(Slug::value).sorted().toList()));
  }

  /** Only who is bound to projects has to look at the runs themselves. */
  private static Condition isPipelineOf(Reach.Within reach) {
    return PIPELINE_RUN
        .ORGANIZATION_ID
        .eq(reach.organization().value())
        .and(
            reach.projects().isEmpty()
                ? noCondition()
                : exists(
                    selectOne()
                        .from(RUN)
                        .where(RUN.ID.eq(PIPELINE_RUN.RUN_ID))
                        .and(RunRows.isWithin(reach))));
  }
}
