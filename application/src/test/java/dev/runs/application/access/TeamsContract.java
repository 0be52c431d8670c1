package dev.runs.application.access;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Team;
import dev.runs.domain.access.TeamId;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of teams promises. */
public abstract class TeamsContract extends StoresContract {

  @BeforeEach
  void addOrganizations() {
    stores()
        .write(() -> {
          stores().organizations().addUnlessThere(ACME);
          stores().organizations().addUnlessThere(GLOBEX);
        });
  }

  @Test
  void findsATeamOnlyWithinReach() {
    var team = team(1, ACME, "crawlers");
    add(team);

    assertThat(teams().find(Reach.everywhere(), team.id())).contains(team);
    assertThat(teams().find(Reach.within(ACME.id()), team.id())).contains(team);
    assertThat(teams().find(Reach.within(GLOBEX.id()), team.id())).isEmpty();
  }

  @Test
  void listsTheTeamsOfAnOrganizationNewestFirstPageByPage() {
    add(team(1, ACME, "a"), team(2, ACME, "b"), team(3, GLOBEX, "c"), team(4, ACME, "d"));

    assertThat(teams().list(ACME.id(), "", Optional.empty(), 2))
        .containsExactly(team(4, ACME, "d"), team(2, ACME, "b"));
    assertThat(teams().list(ACME.id(), "", Optional.of(team(2, ACME, "b").id()), 2))
        .containsExactly(team(1, ACME, "a"));
    assertThat(teams().list(ACME.id(), "b", Optional.empty(), 2))
        .containsExactly(team(2, ACME, "b"));
  }

  @Test
  void hasEachNameOnceInAnOrganization() {
    add(team(1, ACME, "crawlers"), team(2, GLOBEX, "crawlers"), team(3, ACME, "parsers"));

    assertThatExceptionOfType(AccessRejected.TeamNameTaken.class)
        .isThrownBy(() -> add(team(4, ACME, "crawlers")));
    assertThatExceptionOfType(AccessRejected.TeamNameTaken.class)
        .isThrownBy(() ->
            stores()
                .write(() ->
                    teams()
                        .save(
                            team(3, ACME, "parsers")
                                .renamed(new DisplayName("crawlers"), NOON.plusSeconds(1)))));
  }

  @Test
  void renamesATeam() {
    add(team(1, ACME, "crawlers"));
    var renamed =
        team(1, ACME, "crawlers").renamed(new DisplayName("spiders"), NOON.plusSeconds(9));

    stores().write(() -> teams().save(renamed));

    assertThat(teams().find(Reach.everywhere(), renamed.id())).contains(renamed);
  }

  @Test
  void removesATeam() {
    add(team(1, ACME, "crawlers"));

    stores().write(() -> teams().remove(team(1, ACME, "crawlers").id()));

    assertThat(teams().list(ACME.id(), "", Optional.empty(), 10)).isEmpty();
  }

  @Test
  void addsOneOfManyTeamsOfOneName() {
    var answers =
        AtOnce.with(
            8,
            i -> {
              try {
                add(team(i, ACME, "crawlers"));
                return true;
              } catch (AccessRejected.TeamNameTaken e) {
                return false;
              }
            });

    assertThat(answers).filteredOn(isAdded -> isAdded).hasSize(1);
  }

  private Teams teams() {
    return stores().teams();
  }

  private void add(Team... added) {
    stores()
        .write(() -> {
          for (var team : added) {
            teams().add(team);
          }
        });
  }

  private static Team team(int number, Organization organization, String name) {
    return new Team(new TeamId(uuid(number)), organization.id(), new DisplayName(name), NOON, NOON);
  }
}
