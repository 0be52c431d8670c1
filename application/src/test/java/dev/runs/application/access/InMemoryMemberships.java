package dev.runs.application.access;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.PersonId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Who belongs where, in memory. */
public final class InMemoryMemberships implements Memberships {

  private record Key(UUID person, UUID organization) {}

  private final InMemoryTransactions.Table<Key, Membership> rows;
  private final AtomicReference<Function<PersonId, Optional<Person>>> people =
      new AtomicReference<>(_ -> Optional.empty());

  public InMemoryMemberships(InMemoryTransactions transactions) {
    this.rows =
        transactions.table(Comparator.comparing(Key::person).thenComparing(Key::organization));
  }

  /** Where the people are found of whom only the ids are kept here. */
  public void askFor(People all) {
    people.set(all::find);
  }

  @Override
  public void put(Membership membership) {
    rows.put(key(membership.person(), membership.organization()), membership);
  }

  @Override
  public boolean remove(PersonId person, OrganizationId organization) {
    return rows.remove(key(person, organization)) != null;
  }

  @Override
  public List<Membership> of(PersonId person) {
    return rows.all().stream().filter(its -> its.person().equals(person)).toList();
  }

  @Override
  public Optional<Member> find(OrganizationId organization, PersonId person) {
    return Optional.ofNullable(rows.get(key(person, organization))).map(this::member);
  }

  @Override
  public List<Member> list(
      OrganizationId organization, String beginning, Optional<PersonId> after, int limit) {
    return rows.all().reversed().stream()
        .filter(its -> its.organization().equals(organization))
        .filter(its -> after.isEmpty() || its.person().value().compareTo(after.get().value()) < 0)
        .map(this::member)
        .filter(member -> member.person().login().value().startsWith(beginning))
        .limit(limit)
        .toList();
  }

  /** A person is removed with what they belong to. */
  void removeOf(PersonId person) {
    of(person).forEach(its -> rows.remove(key(its.person(), its.organization())));
  }

  private Member member(Membership its) {
    return new Member(people.get().apply(its.person()).orElseThrow(), its.role());
  }

  private static Key key(PersonId person, OrganizationId organization) {
    return new Key(person.value(), organization.value());
  }
}
