package dev.runs.adapters.persistence.access;

import static dev.runs.adapters.persistence.generated.Tables.MEMBERSHIP;
import static dev.runs.adapters.persistence.generated.Tables.PERSON;
import static org.jooq.impl.DSL.noCondition;

import dev.runs.adapters.persistence.Database;
import dev.runs.application.access.Member;
import dev.runs.application.access.Memberships;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.SelectConditionStep;

/** Keeps in the table {@code membership} who belongs where. */
public final class JooqMemberships implements Memberships {

  private final Database database;

  public JooqMemberships(Database database) {
    this.database = database;
  }

  @Override
  public void put(Membership membership) {
    database
        .db()
        .insertInto(MEMBERSHIP)
        .set(MEMBERSHIP.PERSON_ID, membership.person().value())
        .set(MEMBERSHIP.ORGANIZATION_ID, membership.organization().value())
        .set(MEMBERSHIP.ROLE, membership.role().wireName())
        .onConflict(MEMBERSHIP.PERSON_ID, MEMBERSHIP.ORGANIZATION_ID)
        .doUpdate()
        .set(MEMBERSHIP.ROLE, membership.role().wireName())
        .execute();
  }

  @Override
  public boolean remove(PersonId person, OrganizationId organization) {
    return database
            .db()
            .deleteFrom(MEMBERSHIP)
            .where(MEMBERSHIP.PERSON_ID.eq(person.value()))
            .and(MEMBERSHIP.ORGANIZATION_ID.eq(organization.value()))
            .execute()
        == 1;
  }

  @Override
  public List<Membership> of(PersonId person) {
    return database
        .db()
        .selectFrom(MEMBERSHIP)
        .where(MEMBERSHIP.PERSON_ID.eq(person.value()))
        .orderBy(MEMBERSHIP.ORGANIZATION_ID)
        .fetch(row ->
            new Membership(
                person, new OrganizationId(row.getOrganizationId()), role(row.getRole())));
  }

  @Override
  public Optional<Member> find(OrganizationId organization, PersonId person) {
    return members(organization, PERSON.ID.eq(person.value()))
        .fetchOptional(JooqMemberships::toMember);
  }

  @Override
  public List<Member> list(
      OrganizationId organization, String beginning, Optional<PersonId> after, int limit) {
    var later = after.map(id -> MEMBERSHIP.PERSON_ID.lt(id.value())).orElse(noCondition());
    return members(organization, later.and(Beginnings.of(PERSON.LOGIN, beginning)))
        .orderBy(MEMBERSHIP.PERSON_ID.desc())
        .limit(limit)
        .fetch(JooqMemberships::toMember);
  }

  private SelectConditionStep<Record> members(OrganizationId organization, Condition which) {
    var fields = new ArrayList<>(List.of(PERSON.fields()));
    fields.add(MEMBERSHIP.ROLE);
    return database
        .db()
        .select(fields)
        .from(MEMBERSHIP)
        .join(PERSON)
        .on(PERSON.ID.eq(MEMBERSHIP.PERSON_ID))
        .where(MEMBERSHIP.ORGANIZATION_ID.eq(organization.value()))
        .and(which);
  }

  private static Member toMember(Record row) {
    return new Member(JooqPeople.toPerson(row.into(PERSON)), role(row.get(MEMBERSHIP.ROLE)));
  }

  private static Role role(String name) {
    return Role.ofWireName(name).orElseThrow();
  }
}
