package dev.runs.application.access;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.ADA;
import static dev.runs.domain.run.RunFixtures.BEN;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.OTHER_ADA;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.User;
import dev.runs.domain.access.UserId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of users promises. */
public abstract class UsersContract extends StoresContract {

  @Test
  void findsTheUserOfTheOrganization() {
    assertThat(stores().users().find(ACME.id(), ADA.externalId())).contains(ADA);
  }

  @Test
  void takesTheSameExternalIdInTwoOrganizationsForTwoUsers() {
    assertThat(ADA.externalId()).isEqualTo(OTHER_ADA.externalId());
    assertThat(stores().users().find(GLOBEX.id(), ADA.externalId())).contains(OTHER_ADA);
  }

  @Test
  void findsNoUserOfAnotherOrganization() {
    assertThat(stores().users().find(GLOBEX.id(), BEN.externalId())).isEmpty();
  }

  @Test
  void answersWithTheOneThatIsThere() {
    assertThat(addUnlessThere(user(99, ACME, "ada"))).isEqualTo(new Upserted<>(ADA, false));
  }

  @Test
  void givesThoseOfManyThatExistWhateverTheirOrganization() {
    var asked = List.of(ADA.id(), new UserId(uuid(99)), OTHER_ADA.id());

    assertThat(stores().users().findAll(asked))
        .containsOnlyKeys(ADA.id(), OTHER_ADA.id())
        .containsEntry(OTHER_ADA.id(), OTHER_ADA);
    assertThat(stores().users().findAll(List.of())).isEmpty();
  }

  @Test
  void listsThoseOfOneOrganizationThatBeginSoPageByPage() {
    addUnlessThere(user(97, ACME, "adam"));
    addUnlessThere(user(98, ACME, "Ada"));
    addUnlessThere(user(99, GLOBEX, "adams"));

    assertThat(listed("", Optional.empty(), 2)).containsExactly("Ada", "ada");
    assertThat(listed("", Optional.of("ada"), 10)).containsExactly("adam", "ben");
    assertThat(listed("ada", Optional.empty(), 10)).containsExactly("ada", "adam");
    assertThat(listed("_da", Optional.empty(), 10)).isEmpty();
  }

  private List<String> listed(String beginning, Optional<String> after, int limit) {
    return stores().users().list(ACME.id(), beginning, after.map(ExternalId::new), limit).stream()
        .map(user -> user.externalId().value())
        .toList();
  }

  @Test
  void addsOnceHoweverManyComeAtTheSameMoment() {
    for (var round = 0; round < 10; round++) {
      var externalId = "person " + round;
      var first = 1_000 + 100L * round;

      var answers = AtOnce.with(8, i -> addUnlessThere(user(first + i, ACME, externalId)));

      assertThat(answers).filteredOn(Upserted::isNew).hasSize(1);
      assertThat(answers).extracting(Upserted::value).containsOnly(answers.getFirst().value());
    }
  }

  private Upserted<User> addUnlessThere(User user) {
    return stores().transactions().inTransaction(() -> stores().users().addUnlessThere(user));
  }

  private static User user(long number, Organization organization, String externalId) {
    return new User(
        new UserId(uuid(number)), organization.id(), new ExternalId(externalId), NOON, NOON);
  }
}
