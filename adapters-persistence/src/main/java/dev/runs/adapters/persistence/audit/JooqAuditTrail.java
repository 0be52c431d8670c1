package dev.runs.adapters.persistence.audit;

import static dev.runs.adapters.persistence.generated.Tables.AUDIT_ENTRY;
import static org.jooq.impl.DSL.noCondition;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.AuditEntryRecord;
import dev.runs.application.audit.AuditFilter;
import dev.runs.application.audit.AuditLog;
import dev.runs.application.audit.AuditTrail;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.JSONB;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the audit log in the table {@code audit_entry}, which refuses every change. */
public final class JooqAuditTrail implements AuditTrail, AuditLog {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<TreeMap<String, String>> DETAILS = new TypeReference<>() {};

  private final Database database;

  public JooqAuditTrail(Database database) {
    this.database = database;
  }

  @Override
  public void add(AuditEntry entry) {
    database.add(List.of(toRow(entry)));
  }

  @Override
  public List<AuditEntry> newestFirst(
      Optional<OrganizationId> organization, AuditFilter filter, Optional<UUID> after, int limit) {
    return database
        .db()
        .selectFrom(AUDIT_ENTRY)
        .where(matches(organization, filter, after))
        .orderBy(AUDIT_ENTRY.ID.desc())
        .limit(limit)
        .fetch(JooqAuditTrail::toEntry);
  }

  /** Two ids from the end of the list: whether there is a second one decides. */
  @Override
  public Optional<UUID> lastOfFirst(
      Optional<OrganizationId> organization, AuditFilter filter, Optional<UUID> after, int most) {
    var found =
        database
            .db()
            .select(AUDIT_ENTRY.ID)
            .from(AUDIT_ENTRY)
            .where(matches(organization, filter, after))
            .orderBy(AUDIT_ENTRY.ID.desc())
            .limit(2)
            .offset(most - 1)
            .fetch(AUDIT_ENTRY.ID);
    return found.size() > 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private static Condition matches(
      Optional<OrganizationId> organization, AuditFilter filter, Optional<UUID> after) {
    return noCondition()
        .and(either(organization.map(id -> AUDIT_ENTRY.ORGANIZATION_ID.eq(id.value()))))
        .and(either(after.map(AUDIT_ENTRY.ID::lt)))
        .and(either(filter.actor().map(AUDIT_ENTRY.ACTOR::eq)))
        .and(either(filter.action().map(action -> AUDIT_ENTRY.ACTION.eq(action.wireName()))))
        .and(either(filter.target().map(AUDIT_ENTRY.TARGET::eq)))
        .and(either(filter.from().map(AUDIT_ENTRY.AT::ge)))
        .and(either(filter.to().map(AUDIT_ENTRY.AT::le)));
  }

  private static Condition either(Optional<Condition> condition) {
    return condition.orElse(noCondition());
  }

  private static AuditEntryRecord toRow(AuditEntry entry) {
    var row = new AuditEntryRecord();
    row.setId(entry.id());
    row.setOrganizationId(entry.organization().map(OrganizationId::value).orElse(null));
    row.setAt(entry.at());
    row.setActor(entry.actor().value());
    row.setAction(entry.action().wireName());
    row.setTarget(entry.target());
    row.setRequestId(entry.origin().requestId());
    row.setAddress(entry.origin().address());
    row.setDetails(JSONB.valueOf(JSON.writeValueAsString(new TreeMap<>(entry.details()))));
    return row;
  }

  private static AuditEntry toEntry(AuditEntryRecord row) {
    return new AuditEntry(
        row.getId(),
        row.getAt(),
        Optional.ofNullable(row.getOrganizationId()).map(OrganizationId::new),
        new Principal(row.getActor()),
        AuditAction.ofWireName(row.getAction())
            .orElseThrow(() ->
                new IllegalStateException(
                    "the audit log has an unknown action " + row.getAction())),
        row.getTarget(),
        new Origin(row.getRequestId(), row.getAddress()),
        details(row.getDetails()));
  }

  private static Map<String, String> details(JSONB json) {
    return JSON.readValue(json.data(), DETAILS);
  }
}
