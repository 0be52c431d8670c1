package dev.runs.application.access;

import dev.runs.application.Caller;
import dev.runs.application.Cursor;
import dev.runs.application.Page;
import dev.runs.application.RequestRejected;
import dev.runs.application.Transactions;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.Scope;
import java.util.List;
import java.util.Optional;

/** Shows people; never their passwords. */
public final class ShowPeople {

  /** How many people a page has at most. */
  public static final int LARGEST_PAGE = 100;

  /**
   * A person with everything they belong to.
   *
   * @param memberships the oldest organization first
   */
  public record Account(Person person, List<Membership> memberships) {
    public Account {
      memberships = List.copyOf(memberships);
    }
  }

  private final People people;
  private final Memberships memberships;
  private final Transactions transactions;

  public ShowPeople(People people, Memberships memberships, Transactions transactions) {
    this.people = people;
    this.memberships = memberships;
    this.transactions = transactions;
  }

  /**
   * The people of the organization in which the caller acts, newest first.
   *
   * @param beginning how their logins begin; empty for all
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @throws RequestRejected.BadCursor when the cursor is none
   */
  public Page<Member> list(Caller caller, String beginning, Optional<String> cursor, int limit) {
    caller.require(Scope.ORG_ADMIN);
    var after = cursor.map(Cursor::uuid).map(PersonId::new);
    return Page.cut(
        memberships.list(caller.organization(), beginning, after, limit + 1),
        limit,
        member -> Cursor.of(member.person().id().toString()));
  }

  /**
   * @throws AccessRejected.PersonNotFound when the person does not belong to the organization in
   *     which the caller acts
   */
  public Member show(Caller caller, PersonId id) {
    caller.require(Scope.ORG_ADMIN);
    return memberships
        .find(caller.organization(), id)
        .orElseThrow(AccessRejected.PersonNotFound::new);
  }

  /** Everybody in the installation, newest first. For who runs it. */
  public Page<Account> everybody(Optional<String> cursor, int limit) {
    var after = cursor.map(Cursor::uuid).map(PersonId::new);
    return transactions.inSnapshot(() ->
        Page.cut(people.list(after, limit + 1), limit, person -> Cursor.of(person.id().toString()))
            .map(person -> new Account(person, memberships.of(person.id()))));
  }

  /**
   * Whoever has the login, in the installation. For who runs it.
   *
   * @throws AccessRejected.PersonNotFound when nobody has it
   */
  public Person withLogin(Login login) {
    return people.find(login).orElseThrow(AccessRejected.PersonNotFound::new);
  }
}
