package dev.runs.application.access;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.secret.CredentialCheck;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of organizations promises. */
public abstract class OrganizationsContract extends StoresContract {

  @Test
  void findsWhatWasAddedByEitherId() {
    assertThat(stores().organizations().find(ACME.id())).contains(ACME);
    assertThat(stores().organizations().find(ACME.externalId())).contains(ACME);
  }

  @Test
  void findsNothingUnderIdsThatNobodyHas() {
    assertThat(stores().organizations().find(new OrganizationId(uuid(99)))).isEmpty();
    assertThat(stores().organizations().find(new ExternalId("nobody"))).isEmpty();
  }

  @Test
  void answersWithTheOneThatIsThere() {
    var late = organization(99, "acme");

    var answer = addUnlessThere(late);

    assertThat(answer).isEqualTo(new Upserted<>(ACME, false));
    assertThat(stores().organizations().find(late.id())).isEmpty();
  }

  @Test
  void saysWhenItIsNew() {
    var fresh = organization(99, "initech");

    assertThat(addUnlessThere(fresh)).isEqualTo(new Upserted<>(fresh, true));
  }

  @Test
  void takesExternalIdsAsTheyAre() {
    var shouted = organization(98, "ACME");
    var padded = organization(99, " acme'\"%\\é𝄞");

    assertThat(addUnlessThere(shouted).isNew()).isTrue();
    assertThat(addUnlessThere(padded).isNew()).isTrue();
    assertThat(stores().organizations().find(padded.externalId())).contains(padded);
  }

  @Test
  void givesThoseOfManyThatExist() {
    var asked = List.of(ACME.id(), new OrganizationId(uuid(99)), GLOBEX.id());

    assertThat(stores().organizations().findAll(asked))
        .containsOnlyKeys(ACME.id(), GLOBEX.id())
        .containsEntry(ACME.id(), ACME);
    assertThat(stores().organizations().findAll(List.of())).isEmpty();
  }

  @Test
  void goesThroughAllInTheOrderOfTheirIds() {
    addUnlessThere(organization(1, "first"));
    var organizations = stores().organizations();

    var first = organizations.after(Optional.empty(), 2);

    assertThat(first).containsExactly(new OrganizationId(uuid(1)), ACME.id());
    assertThat(organizations.after(Optional.of(first.getLast()), 2)).containsExactly(GLOBEX.id());
    assertThat(organizations.after(Optional.of(GLOBEX.id()), 2)).isEmpty();
  }

  @Test
  void listsThoseThatBeginSoCodePointByCodePoint() {
    for (var externalId : List.of("acme/2", "Acme", "acme\uFF5E", "acme\uD834\uDD1E", "b")) {
      addUnlessThere(organization(100 + externalId.hashCode() % 50, externalId));
    }

    assertThat(listed("", Optional.empty(), 3)).containsExactly("Acme", "acme", "acme/2");
    assertThat(listed("acme", Optional.empty(), 10))
        .containsExactly("acme", "acme/2", "acme\uFF5E", "acme\uD834\uDD1E");
    assertThat(listed("acme", Optional.of("acme/2"), 1)).containsExactly("acme\uFF5E");
    assertThat(listed("acme", Optional.of("acme\uFF5E"), 9)).containsExactly("acme\uD834\uDD1E");
    assertThat(listed("%", Optional.empty(), 10)).isEmpty();
  }

  private List<String> listed(String beginning, Optional<String> after, int limit) {
    return stores().organizations().list(beginning, after.map(ExternalId::new), limit).stream()
        .map(organization -> organization.externalId().value())
        .toList();
  }

  @Test
  void addsOnceHoweverManyComeAtTheSameMoment() {
    for (var round = 0; round < 10; round++) {
      var externalId = "company " + round;
      var first = 1_000 + 100L * round;

      var answers = AtOnce.with(8, i -> addUnlessThere(organization(first + i, externalId)));

      assertThat(answers).filteredOn(Upserted::isNew).hasSize(1);
      assertThat(answers).extracting(Upserted::value).containsOnly(answers.getFirst().value());
    }
  }

  @Test
  void keepsWhatIsSetAndLeavesOthersAsTheyAre() {
    var later = NOON.plusSeconds(1);
    var off = ACME.checking(CredentialCheck.OFF, later);

    stores()
        .transactions()
        .inTransaction(() -> {
          stores().organizations().save(off);
          return off;
        });

    assertThat(stores().organizations().find(ACME.id())).contains(off);
    assertThat(off.updatedAt()).isEqualTo(later);
    assertThat(stores().organizations().find(GLOBEX.id())).contains(GLOBEX);
  }

  private Upserted<Organization> addUnlessThere(Organization organization) {
    return stores()
        .transactions()
        .inTransaction(() -> stores().organizations().addUnlessThere(organization));
  }

  private static Organization organization(long number, String externalId) {
    return Organization.made(new OrganizationId(uuid(number)), new ExternalId(externalId), NOON);
  }
}
