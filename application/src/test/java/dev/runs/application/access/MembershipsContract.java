package dev.runs.application.access;

import static dev.runs.application.access.PeopleFixtures.person;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.StoresContract;
import dev.runs.domain.access.Membership;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.Role;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of memberships promises. */
public abstract class MembershipsContract extends StoresContract {

  private static final Person ADA = person(1, "ada");
  private static final Person BEN = person(2, "ben");

  @BeforeEach
  void twoPeople() {
    stores()
        .write(() -> {
          stores().people().add(ADA);
          stores().people().add(BEN);
        });
  }

  @Test
  void saysWhatAPersonBelongsToTheOldestOrganizationFirst() {
    put(ADA, GLOBEX.id(), Role.ADMIN);
    put(ADA, ACME.id(), Role.VIEWER);

    assertThat(memberships().of(ADA.id()))
        .containsExactly(
            new Membership(ADA.id(), ACME.id(), Role.VIEWER),
            new Membership(ADA.id(), GLOBEX.id(), Role.ADMIN));
    assertThat(memberships().of(BEN.id())).isEmpty();
  }

  @Test
  void replacesARole() {
    put(ADA, ACME.id(), Role.VIEWER);
    put(ADA, ACME.id(), Role.OPERATOR);

    assertThat(memberships().of(ADA.id()))
        .containsExactly(new Membership(ADA.id(), ACME.id(), Role.OPERATOR));
  }

  @Test
  void findsAPersonOnlyWhereTheyBelong() {
    put(ADA, ACME.id(), Role.ADMIN);

    assertThat(memberships().find(ACME.id(), ADA.id())).contains(new Member(ADA, Role.ADMIN));
    assertThat(memberships().find(GLOBEX.id(), ADA.id())).isEmpty();
    assertThat(memberships().find(ACME.id(), BEN.id())).isEmpty();
  }

  @Test
  void listsThePeopleOfOneOrganizationNewestFirst() {
    put(ADA, ACME.id(), Role.ADMIN);
    put(BEN, ACME.id(), Role.VIEWER);
    put(BEN, GLOBEX.id(), Role.ADMIN);

    assertThat(memberships().list(ACME.id(), "", Optional.empty(), 1))
        .containsExactly(new Member(BEN, Role.VIEWER));
    assertThat(memberships().list(ACME.id(), "", Optional.of(BEN.id()), 10))
        .containsExactly(new Member(ADA, Role.ADMIN));
    assertThat(memberships().list(GLOBEX.id(), "", Optional.empty(), 10))
        .containsExactly(new Member(BEN, Role.ADMIN));
  }

  @Test
  void listsThoseWhoseLoginsBeginSo() {
    put(ADA, ACME.id(), Role.ADMIN);
    put(BEN, ACME.id(), Role.VIEWER);

    assertThat(memberships().list(ACME.id(), "ad", Optional.empty(), 1))
        .containsExactly(new Member(ADA, Role.ADMIN));
    assertThat(memberships().list(ACME.id(), "ad", Optional.of(ADA.id()), 1)).isEmpty();
    assertThat(memberships().list(ACME.id(), "adam", Optional.empty(), 1)).isEmpty();
  }

  @Test
  void removesOneMembershipAndNoOther() {
    put(ADA, ACME.id(), Role.ADMIN);
    put(ADA, GLOBEX.id(), Role.ADMIN);

    assertThat(remove(ADA, ACME.id())).isTrue();
    assertThat(remove(ADA, ACME.id())).isFalse();
    assertThat(memberships().of(ADA.id()))
        .containsExactly(new Membership(ADA.id(), GLOBEX.id(), Role.ADMIN));
  }

  private Memberships memberships() {
    return stores().memberships();
  }

  private void put(Person person, OrganizationId organization, Role role) {
    stores().write(() -> memberships().put(new Membership(person.id(), organization, role)));
  }

  private boolean remove(Person person, OrganizationId organization) {
    return stores()
        .transactions()
        .inTransaction(() -> memberships().remove(person.id(), organization));
  }
}
