package dev.runs.adapters.persistence.lineage;

import static dev.runs.adapters.persistence.generated.Tables.EARLY_LINEAGE;
import static org.jooq.impl.DSL.row;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.EarlyLineageRecord;
import dev.runs.application.lineage.EarlyLineage;
import dev.runs.application.lineage.LineageKey;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.lineage.LineageEvent;
import dev.runs.domain.lineage.LineageId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.JSON;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps early events in the table {@code early_lineage}, each as JSON. */
public final class JooqEarlyLineage implements EarlyLineage {

  private static final JsonMapper JSON_MAPPER = JsonMapper.builder().build();
  private static final TypeReference<List<String>> SLUGS = new TypeReference<>() {};

  private final Database database;

  public JooqEarlyLineage(Database database) {
    this.database = database;
  }

  @Override
  public void keep(Early early) {
    database.add(List.of(toRow(early)));
  }

  @Override
  public boolean remove(long number) {
    return database.db().deleteFrom(EARLY_LINEAGE).where(EARLY_LINEAGE.ID.eq(number)).execute() > 0;
  }

  @Override
  public Optional<Kept> firstAwaiting(LineageKey run) {
    return first(
        EARLY_LINEAGE
            .ORGANIZATION_ID
            .eq(run.organization().value())
            .and(EARLY_LINEAGE.AWAITED_ID.eq(run.id().value())));
  }

  @Override
  public Optional<Kept> firstAbout(LineageKey run) {
    return first(
        EARLY_LINEAGE
            .ORGANIZATION_ID
            .eq(run.organization().value())
            .and(EARLY_LINEAGE.LINEAGE_ID.eq(run.id().value())));
  }

  private Optional<Kept> first(Condition which) {
    return database
        .db()
        .selectFrom(EARLY_LINEAGE)
        .where(which)
        .orderBy(EARLY_LINEAGE.ID)
        .limit(1)
        .fetchOptional(JooqEarlyLineage::toKept);
  }

  @Override
  public List<LineageKey> awaited(@Nullable LineageKey after, int most) {
    var behind =
        after == null
            ? DSL.noCondition()
            : row(EARLY_LINEAGE.ORGANIZATION_ID, EARLY_LINEAGE.AWAITED_ID)
                .gt(after.organization().value(), after.id().value());
    return database
        .db()
        .selectDistinct(EARLY_LINEAGE.ORGANIZATION_ID, EARLY_LINEAGE.AWAITED_ID)
        .from(EARLY_LINEAGE)
        .where(behind)
        .orderBy(EARLY_LINEAGE.ORGANIZATION_ID, EARLY_LINEAGE.AWAITED_ID)
        .limit(most)
        .fetch(found ->
            new LineageKey(new OrganizationId(found.value1()), new LineageId(found.value2())));
  }

  @Override
  public List<Kept> keptBefore(Instant moment, int most) {
    return database
        .db()
        .selectFrom(EARLY_LINEAGE)
        .where(EARLY_LINEAGE.HEARD_AT.lt(moment))
        .orderBy(EARLY_LINEAGE.HEARD_AT, EARLY_LINEAGE.ID)
        .limit(most)
        .fetch(JooqEarlyLineage::toKept);
  }

  @Override
  public long count() {
    return database.db().fetchCount(EARLY_LINEAGE);
  }

  private static EarlyLineageRecord toRow(Early early) {
    var row = new EarlyLineageRecord();
    row.setOrganizationId(early.awaits().organization().value());
    row.setAwaitedId(early.awaits().id().value());
    row.setLineageId(early.event().run().value());
    row.setEvent(JSON.valueOf(JSON_MAPPER.writeValueAsString(early.event())));
    row.setProjects(
        JSON.valueOf(
            JSON_MAPPER.writeValueAsString(
                early.reach().projects().stream().map(Slug::value).sorted().toList())));
    row.setActor(early.actor().value());
    row.setHeardAt(early.heardAt());
    return row;
  }

  private static Kept toKept(EarlyLineageRecord row) {
    var organization = new OrganizationId(row.getOrganizationId());
    var projects =
        JSON_MAPPER.readValue(row.getProjects().data(), SLUGS).stream()
            .map(Slug::new)
            .collect(Collectors.toSet());
    return new Kept(
        row.getId(),
        new Early(
            new LineageKey(organization, new LineageId(row.getAwaitedId())),
            JSON_MAPPER.readValue(row.getEvent().data(), LineageEvent.class),
            new Principal(row.getActor()),
            new Reach.Within(organization, projects),
            row.getHeardAt()));
  }
}
