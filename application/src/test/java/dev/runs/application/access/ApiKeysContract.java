package dev.runs.application.access;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.domain.access.ApiKey;
import dev.runs.domain.access.ApiKeyId;
import dev.runs.domain.access.ApiKeyText;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.Team;
import dev.runs.domain.access.TeamId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of keys promises. */
public abstract class ApiKeysContract extends StoresContract {

  private static final TeamId CRAWLERS = new TeamId(uuid(0xC1));
  private static final TeamId PARSERS = new TeamId(uuid(0xC2));

  @Test
  void findsAKeyByItsHash() {
    var key = platformKey(1);

    assertThat(addFirst(key)).isTrue();
    assertThat(keys().findByHash(key.hash())).contains(key);
    assertThat(keys().findByHash(platformKey(2).hash())).isEmpty();
  }

  @Test
  void addsNoFirstKeyWhenThereIsOne() {
    addFirst(platformKey(1));

    assertThat(addFirst(platformKey(2))).isFalse();
    assertThat(keys().findByHash(platformKey(2).hash())).isEmpty();
  }

  @Test
  void addsOneFirstKeyHoweverManyComeAtTheSameMoment() {
    var answers = AtOnce.with(8, i -> addFirst(platformKey(i)));

    assertThat(answers).filteredOn(isAdded -> isAdded).hasSize(1);
    assertThat(keys().findByHash(platformKey(answers.indexOf(true)).hash())).isPresent();
  }

  @Test
  void addsAFirstKeyWhenThereAreOnlyKeysOfTeams() {
    add(key(1, CRAWLERS));

    assertThat(addFirst(platformKey(2))).isTrue();
  }

  @Test
  void keepsEverythingOfAKey() {
    var bound =
        new ApiKey(
            new ApiKeyId(uuid(1)),
            Optional.of(CRAWLERS),
            new DisplayName("nightly"),
            "runs_live_abcd",
            ApiKeyText.hash("1"),
            new Reach.Within(ACME.id(), Set.of(new Slug("a.b"), new Slug("c-d"))),
            Scopes.of(Scope.RUNS_READ, Scope.RUNS_WRITE),
            new Principal("key:someone"),
            NOON,
            Optional.of(NOON.plusSeconds(60)),
            Optional.of(NOON.plusSeconds(30)),
            Optional.of(NOON.plusSeconds(1)));

    add(bound);

    assertThat(keys().find(Optional.of(CRAWLERS), bound.id())).contains(bound);
    assertThat(keys().findByHash(bound.hash())).contains(bound);
  }

  @Test
  void findsAKeyOnlyAtItsOwner() {
    add(key(1, CRAWLERS), platformKey(2));

    assertThat(keys().find(id(1))).isEqualTo(keys().find(Optional.of(CRAWLERS), id(1)));
    assertThat(keys().find(id(2))).contains(platformKey(2));
    assertThat(keys().find(id(77))).isEmpty();
    assertThat(keys().find(Optional.of(PARSERS), id(1))).isEmpty();
    assertThat(keys().find(Optional.empty(), id(1))).isEmpty();
    assertThat(keys().find(Optional.of(CRAWLERS), id(2))).isEmpty();
    assertThat(keys().find(Optional.empty(), id(2))).contains(platformKey(2));
  }

  @Test
  void listsTheKeysOfAnOwnerNewestFirstPageByPage() {
    add(key(1, CRAWLERS), key(2, CRAWLERS), key(3, PARSERS), key(4, CRAWLERS), platformKey(5));

    assertThat(keys().list(Optional.of(CRAWLERS), Optional.empty(), 2))
        .containsExactly(key(4, CRAWLERS), key(2, CRAWLERS));
    assertThat(keys().list(Optional.of(CRAWLERS), Optional.of(id(2)), 2))
        .containsExactly(key(1, CRAWLERS));
    assertThat(keys().list(Optional.empty(), Optional.empty(), 2)).containsExactly(platformKey(5));
  }

  @Test
  void revokesAKeyOnce() {
    add(key(1, CRAWLERS));

    assertThat(revoke(1, NOON)).isTrue();
    assertThat(revoke(1, NOON.plusSeconds(1))).isFalse();
    assertThat(found(1).revokedAt()).contains(NOON);
  }

  @Test
  void letsAKeyEndEarlierButNeverLater() {
    add(key(1, CRAWLERS));

    endAt(1, NOON.plusSeconds(10));
    assertThat(found(1).expiresAt()).contains(NOON.plusSeconds(10));
    endAt(1, NOON.plusSeconds(20));
    assertThat(found(1).expiresAt()).contains(NOON.plusSeconds(10));
    endAt(1, NOON.plusSeconds(5));
    assertThat(found(1).expiresAt()).contains(NOON.plusSeconds(5));
  }

  @Test
  void knowsTheLatestUse() {
    add(key(1, CRAWLERS), key(2, PARSERS));

    use(1, NOON.plusSeconds(60));
    use(1, NOON);
    use(9, NOON);

    assertThat(found(1).lastUsedAt()).contains(NOON.plusSeconds(60));
    assertThat(keys().find(Optional.of(PARSERS), id(2)).orElseThrow().lastUsedAt()).isEmpty();
  }

  @Test
  void knowsWhetherATeamHasKeysThatAreAccepted() {
    add(key(1, CRAWLERS));

    assertThat(keys().hasAccepted(CRAWLERS, NOON)).isTrue();
    assertThat(keys().hasAccepted(PARSERS, NOON)).isFalse();
    endAt(1, NOON.plusSeconds(10));
    assertThat(keys().hasAccepted(CRAWLERS, NOON.plusSeconds(9))).isTrue();
    assertThat(keys().hasAccepted(CRAWLERS, NOON.plusSeconds(10))).isFalse();
    revoke(1, NOON);
    assertThat(keys().hasAccepted(CRAWLERS, NOON)).isFalse();
  }

  @Test
  void goWithTheirTeam() {
    add(key(1, CRAWLERS), platformKey(2));

    stores().write(() -> stores().teams().remove(CRAWLERS));

    assertThat(keys().findByHash(key(1, CRAWLERS).hash())).isEmpty();
    assertThat(keys().findByHash(platformKey(2).hash())).isPresent();
  }

  private boolean revoke(int number, Instant at) {
    return stores().transactions().inTransaction(() -> keys().revoke(id(number), at));
  }

  private void endAt(int number, Instant at) {
    stores().write(() -> keys().endAt(id(number), at));
  }

  private void use(int number, Instant at) {
    stores().write(() -> keys().noteUses(List.of(new ApiKeys.Use(id(number), at))));
  }

  private ApiKey found(int number) {
    return keys().find(Optional.of(CRAWLERS), id(number)).orElseThrow();
  }

  private ApiKeys keys() {
    return stores().apiKeys();
  }

  private boolean addFirst(ApiKey key) {
    return stores().transactions().inTransaction(() -> keys().addFirst(key));
  }

  /** Adds keys, and first the teams to which they belong. */
  private void add(ApiKey... keys) {
    stores()
        .write(() -> {
          for (Organization organization : List.of(ACME, GLOBEX)) {
            stores().organizations().addUnlessThere(organization);
          }
          stores().teams().add(new Team(CRAWLERS, ACME.id(), new DisplayName("c"), NOON, NOON));
          stores().teams().add(new Team(PARSERS, GLOBEX.id(), new DisplayName("p"), NOON, NOON));
          List.of(keys).forEach(keys()::add);
        });
  }

  private static ApiKeyId id(int number) {
    return new ApiKeyId(uuid(number));
  }

  private static ApiKey platformKey(int number) {
    return key(number, Optional.empty(), Reach.everywhere());
  }

  private static ApiKey key(int number, TeamId team) {
    var organization = team.equals(CRAWLERS) ? ACME : GLOBEX;
    return key(number, Optional.of(team), Reach.within(organization.id()));
  }

  private static ApiKey key(int number, Optional<TeamId> owner, Reach reach) {
    return new ApiKey(
        id(number),
        owner,
        new DisplayName("key " + number),
        "runs_live_" + number,
        ApiKeyText.hash("secret " + number),
        reach,
        owner.isEmpty() ? Scopes.PLATFORM : Scopes.of(Scope.RUNS_READ),
        Principal.SYSTEM,
        NOON,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
