package dev.runs.adapters.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client;
import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestTest;
import dev.runs.application.access.BelievedKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TeamKeysControllerTest extends RestTest {

  private String acme = "";
  private Client ours = client;
  private String keys = "";

  @BeforeEach
  void haveATeam() {
    acme = world.organization();
    ours = client.within(acme);
    keys = "/v1/teams/" + world.team(acme) + "/keys";
  }

  @Test
  void showsAKeyInTheAnswerThatMakesItAndNowhereElse() {
    var made = mint("'runs:read','runs:write'", "");

    assertThat(made.textAt("/key")).matches("runs_live_[0-9A-Za-z]{22,}_[0-9A-Za-z]{6}");
    assertThat(made.textAt("/key")).startsWith(made.textAt("/hint"));
    assertThat(made.textAt("/state")).isEqualTo("active");
    var path = keys + "/" + made.textAt("/id");
    for (var later : new Answer[] {ours.get(path), ours.get(keys), ours.get("/v1/audit")}) {
      assertThat(later.is(200).text()).doesNotContain(made.textAt("/key"));
    }
  }

  @Test
  void doesNotShowTheKeyAgainWhenTheRequestIsRepeated() {
    var body = "{'name':'once','scopes':['runs:read']}";
    var first = ours.once("mint-1").post(keys, body).is(201);

    var second = ours.once("mint-1").post(keys, body).is(201);

    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(second.at("/key").isMissingNode()).isTrue();
    assertThat(second.at("/secretShown").booleanValue()).isTrue();
    assertThat(second.textAt("/id")).isEqualTo(first.textAt("/id"));
  }

  @Test
  void letsAKeyDoWhatItsScopesSayAndTellsWhatItLacks() {
    var reader = holder("'runs:read'");

    reader.get("/v1/runs").is(200);
    var refused = reader.post("/v1/runs", "{'serviceName':'s','taskName':'t'}").is(403);

    assertThat(refused.textAt("/code")).isEqualTo("access.scope_missing");
    assertThat(refused.textAt("/requiredScope")).isEqualTo("runs:write");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'scopes':['runs:read']}                                            | /name
          {'name':'k'}                                                        | /scopes
          {'name':'k','scopes':[]}                                            | /scopes
          {'name':'k','scopes':['runs:fly']}                                  | /scopes
          {'name':'k','scopes':'runs:read'}                                   | /scopes
          {'name':'k','scopes':['runs:read'],'projectIds':['Not A Slug']}     | /projectIds
          {'name':'k','scopes':['runs:read'],'expiresAt':'tomorrow'}          | /expiresAt
          {'name':'k','scopes':['runs:read'],'expiresAt':'2020-01-01T00:00:00Z'} | /expiresAt
          """)
  void namesTheFieldThatIsWrong(String body, String pointer) {
    assertThat(ours.post(keys, body).is(400).textAt("/errors/0/pointer")).startsWith(pointer);
  }

  @Test
  void refusesAKeyForAProjectThatThereIsNot() {
    var refused =
        ours.post(keys, "{'name':'k','scopes':['runs:read'],'projectIds':['nowhere']}").is(404);

    assertThat(refused.textAt("/code")).isEqualTo("project.unknown");
  }

  @Test
  void isBoundTo50ProjectsAndNotTo51() {
    IntStream.rangeClosed(0, 50)
        .forEach(number -> ours.post("/v1/projects", "{'slug':'p%s'}", number).is(201));

    mint("'runs:read'", ",'projectIds':[" + projects(50) + "]");
    assertThat(
            ours.post(
                    keys, "{'name':'k','scopes':['runs:read'],'projectIds':[" + projects(51) + "]}")
                .is(400)
                .textAt("/errors/0/pointer"))
        .isEqualTo("/projectIds");
  }

  @Test
  void endsAtItsTime() {
    var brief =
        mint("'runs:read'", ",'expiresAt':'" + world.clock().instant().plusSeconds(60) + "'");
    var holder = client.with("X-API-Key", brief.textAt("/key"));

    holder.get("/v1/runs").is(200);
    world.clock().advance(Duration.ofSeconds(60));

    holder.get("/v1/runs").is(401);
    assertThat(ours.get(keys + "/" + brief.textAt("/id")).textAt("/state")).isEqualTo("expired");
    assertThat(ours.post(keys + "/" + brief.textAt("/id") + ":rotate", "").is(409).textAt("/code"))
        .isEqualTo("key.ended");
  }

  @Test
  void acceptsBothKeysUntilTheOverlapIsOver() {
    var old = mint("'runs:read'", "");
    var oldHolder = client.with("X-API-Key", old.textAt("/key"));

    var next =
        ours.post(keys + "/" + old.textAt("/id") + ":rotate", "{'overlapSeconds':60}").is(201);
    var newHolder = client.with("X-API-Key", next.textAt("/key"));

    oldHolder.get("/v1/runs").is(200);
    newHolder.get("/v1/runs").is(200);
    world.clock().advance(Duration.ofSeconds(60));
    oldHolder.get("/v1/runs").is(401);
    newHolder.get("/v1/runs").is(200);
    assertThat(next.at("/scopes")).isEqualTo(old.at("/scopes"));
  }

  @Test
  void endsTheOldKeyAtOnceWithoutOverlap() {
    var old = mint("'runs:read'", "");
    var holder = client.with("X-API-Key", old.textAt("/key"));
    holder.get("/v1/runs").is(200);

    ours.post(keys + "/" + old.textAt("/id") + ":rotate", "{'overlapSeconds':0}").is(201);

    holder.get("/v1/runs").is(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "2592001", "0.5", "'soon'"})
  void refusesAnOverlapThatCannotBe(String overlap) {
    var key = mint("'runs:read'", "");

    assertThat(
            ours.post(
                    keys + "/" + key.textAt("/id") + ":rotate",
                    "{'overlapSeconds':" + overlap + "}")
                .is(400)
                .textAt("/errors/0/pointer"))
        .isEqualTo("/overlapSeconds");
  }

  @Test
  void takesAnOverlapOfThirtyDays() {
    var key = mint("'runs:read'", "");

    ours.post(keys + "/" + key.textAt("/id") + ":rotate", "{'overlapSeconds':2592000}").is(201);
  }

  @Test
  void revokesHereAtOnceAndOnAnotherNodeWithinTheBound() {
    var key = mint("'runs:read'", "");
    var elsewhere = world.otherNode().client().with("X-API-Key", key.textAt("/key"));
    elsewhere.get("/v1/runs").is(200);

    var revoked = ours.post(keys + "/" + key.textAt("/id") + ":revoke", "").is(200);

    assertThat(revoked.textAt("/state")).isEqualTo("revoked");
    client.with("X-API-Key", key.textAt("/key")).get("/v1/runs").is(401);
    world.clock().advance(BelievedKeys.LONGEST);
    elsewhere.get("/v1/runs").is(401);
  }

  @Test
  void leavesAKeyThatIsRevokedAsItIs() {
    var path = keys + "/" + mint("'runs:read'", "").textAt("/id");
    var first = ours.post(path + ":revoke", "").is(200);
    world.clock().advance(Duration.ofSeconds(1));

    assertThat(ours.post(path + ":revoke", "").is(200).text()).isEqualTo(first.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"'runs:write'", "'runs:read','org:admin'"})
  void grantsNoScopeThatTheMinterLacks(String scopes) {
    var minter = holder("'keys:admin','runs:read'");

    var refused = minter.post(keys, "{'name':'k','scopes':[" + scopes + "]}").is(403);

    assertThat(refused.textAt("/code")).isEqualTo("key.grant_exceeded");
    assertThat(refused.textAt("/errors/0/pointer")).isEqualTo("/scopes");
  }

  @Test
  void givesNoTeamAPlatformKey() {
    ours.post(keys, "{'name':'k','scopes':['platform:admin']}").is(403);
  }

  @Test
  void grantsNoProjectAndNoTimeThatTheMinterLacks() {
    ours.post("/v1/projects", "{'slug':'web'}").is(201);
    ours.post("/v1/projects", "{'slug':'app'}").is(201);
    var end = world.clock().instant().plusSeconds(600);
    var minter =
        holder("'keys:admin','runs:read'", ",'projectIds':['web'],'expiresAt':'" + end + "'");
    var inTime = ",'expiresAt':'" + end + "'}";

    assertThat(
            minter
                .post(keys, "{'name':'k','scopes':['runs:read'],'projectIds':['app']" + inTime)
                .is(403)
                .textAt("/errors/0/pointer"))
        .isEqualTo("/projectIds");
    assertThat(
            minter
                .post(keys, "{'name':'k','scopes':['runs:read']}")
                .is(403)
                .textAt("/errors/0/pointer"))
        .isEqualTo("/expiresAt");
    var granted = minter.post(keys, "{'name':'k','scopes':['runs:read']" + inTime).is(201);
    assertThat(granted.at("/projects").toString()).isEqualTo("[\"web\"]");
  }

  @Test
  void doesNotLetAKeyRotateOneThatMayDoMore() {
    var strong = mint("'runs:write'", "");
    var minter = holder("'keys:admin','runs:read'");

    minter.post(keys + "/" + strong.textAt("/id") + ":rotate", "").is(403);

    client
        .with("X-API-Key", strong.textAt("/key"))
        .post("/v1/runs", "{'serviceName':'s','taskName':'t'}")
        .is(201);
  }

  @Test
  void isNotFoundUnderAnotherTeam() {
    var id = mint("'runs:read'", "").textAt("/id");
    var otherKeys = "/v1/teams/" + world.team(acme) + "/keys/";

    ours.get(otherKeys + id).is(404);
    ours.post(otherKeys + id + ":rotate", "").is(404);
    ours.post(otherKeys + id + ":revoke", "").is(404);
  }

  @Test
  void takesTheColonOfAVerbAlsoEncoded() {
    var id = mint("'runs:read'", "").textAt("/id");

    ours.post(keys + "/" + id + "%3Arevoke", "").is(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-API-Key", "x-api-token", "x-lamdis-api-token"})
  void isTakenFromEachHeaderInUse(String header) {
    var key = mint("'runs:read'", "").textAt("/key");

    client.without("X-API-Key").with(header, key).get("/v1/runs").is(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER   "})
  void isTakenAsABearerToken(String scheme) {
    var key = mint("'runs:read'", "").textAt("/key");

    client.without("X-API-Key").with("Authorization", scheme + key).get("/v1/runs").is(200);
  }

  @Test
  void leadsThroughAllKeysPageByPage() {
    for (var number = 0; number < 5; number++) {
      mint("'runs:read'", "");
    }

    var seen = new ArrayList<String>();
    var cursor = "";
    do {
      var page = ours.get(keys + "?limit=2" + cursor).is(200);
      page.at("/keys").forEach(key -> seen.add(key.get("id").stringValue()));
      cursor = page.at("/nextCursor").isNull() ? "" : "&cursor=" + page.textAt("/nextCursor");
    } while (!cursor.isEmpty());

    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
  }

  private Answer mint(String scopes, String more) {
    return ours.post(keys, "{'name':'key','scopes':[" + scopes + "]" + more + "}").is(201);
  }

  private Client holder(String scopes) {
    return holder(scopes, "");
  }

  private Client holder(String scopes, String more) {
    return world.holder(acme, scopes, more);
  }

  private static String projects(int many) {
    return IntStream.range(0, many).mapToObj("'p%d'"::formatted).collect(Collectors.joining(","));
  }
}
