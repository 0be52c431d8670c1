package dev.runs.adapters.rest.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client;
import dev.runs.adapters.rest.RestTest;
import dev.runs.adapters.rest.RestWorld;
import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.rate.Rate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the registry's clients are told when they are refused, whoever refuses them. */
class RegistrySurfaceTest extends RestTest {

  private static final String RUNS = "/api/v1/runs";

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/runs",
    "GET, /api/v1/runs/x",
    "POST, /api/v1/runs",
    "PATCH, /api/v1/runs/x",
    "GET, /api/v1/validations",
    "POST, /api/v1/validations",
    "GET, /api/v1/contracts",
    "GET, /api/v1/nothing",
    "GET, /API/V1/Runs"
  })
  void asksForAKeyBeforeAnythingElse(String method, String path) {
    var body = "[".getBytes(StandardCharsets.UTF_8);

    var refused = client.without("X-API-Key").send(method, path, body).is(401);

    assertThat(refused.textAt("/detail/code")).isEqualTo("UNAUTHORIZED");
    assertThat(refused.textAt("/detail/reason")).isEqualTo("request.unauthorized");
    assertThat(refused.textAt("/message")).isEqualTo("Unauthorized");
    assertThat(refused.header("WWW-Authenticate")).contains("ApiKey");
    assertThat(refused.header("X-Request-Id")).isNotEqualTo("null");
    assertThat(refused.contentType()).isEqualTo("application/json");
  }

  @Test
  void refusesAWrongKeyOtherwiseThanNone() {
    var refused = client.with("X-API-Key", "wrong").get(RUNS).is(403);

    assertThat(refused.textAt("/detail/code")).isEqualTo("INVALID_API_KEY");
    assertThat(refused.textAt("/detail/message")).isEqualTo("Invalid API key");
    var token = client.without("X-API-Key").with("Authorization", "Bearer wrong").get(RUNS).is(401);
    assertThat(token.textAt("/detail/code")).isEqualTo("INVALID_TOKEN");
    assertThat(token.header("WWW-Authenticate")).contains("Bearer");
    client
        .with("X-API-Key", "wrong")
        .with("Authorization", "Bearer " + RestWorld.KEY)
        .get(RUNS)
        .is(403);
  }

  @Test
  void takesAKeyAsAToken() {
    client.without("X-API-Key").with("Authorization", "Bearer " + RestWorld.KEY).get(RUNS).is(200);
  }

  @Test
  void saysWhichScopeIsMissing() {
    var holder = world.holder(world.organization(), "'runs:read'", "");

    var refused = holder.post(RUNS, "{'contract_id':'c'}").is(403);

    assertThat(refused.textAt("/detail/code")).isEqualTo("NOT_AUTHORIZED");
    assertThat(refused.textAt("/detail/required_scope")).isEqualTo("runs:write");
  }

  @Test
  void knowsNoOtherPaths() {
    for (var path :
        List.of("/api/v1/nothing", "/api/v1", "/api/v1/runs/x/y", "/api/v1/runs/x:y/z")) {
      var refused = client.get(path).is(404);
      assertThat(refused.textAt("/detail/code")).isEqualTo("NOT_FOUND");
      assertThat(refused.textAt("/detail/message")).isNotEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, /api/v1/runs, 'GET, POST'",
    "PUT, /api/v1/runs/x, 'GET, PATCH'",
    "DELETE, /api/v1/validations, 'GET, POST'",
    "POST, /api/v1/contracts/c/policy, 'DELETE, GET, PUT'"
  })
  void saysWhichMethodsAPathTakes(String method, String path, String allowed) {
    var refused = client.send(method, path, new byte[0]).is(405);

    assertThat(refused.header("Allow")).isEqualTo(allowed);
    assertThat(refused.textAt("/detail/code")).isEqualTo("METHOD_NOT_ALLOWED");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/runs/, /api/v1/runs",
    "/api/v1/runs/?limit=1, /api/v1/runs?limit=1",
    "/api/v1/validations//, /api/v1/validations",
    "/api/v1/runs/x/, /api/v1/runs/x"
  })
  void sendsASlashAtTheEndAway(String path, String other) {
    assertThat(client.get(path).is(307).header("Location")).isEqualTo(other);
    assertThat(client.post(path, "{}").is(307).header("Location")).isEqualTo(other);
    assertThat(client.without("X-API-Key").get(path).is(307).header("Location")).isEqualTo(other);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{'contract_id':'c'", "{'a':1,'a':2}", "nothing"})
  void saysOfABodyThatItIsNoJson(String body) {
    var refused = client.post(RUNS, body).is(422);

    assertThat(refused.textAt("/detail/0/loc/0")).isEqualTo("body");
    assertThat(refused.textAt("/detail/0/type"))
        .isEqualTo(body.isEmpty() ? "missing" : "json_invalid");
    assertThat(refused.textAt("/message")).isEqualTo(refused.textAt("/detail/0/msg"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "'x'", "null"})
  void saysOfABodyThatItIsNoObject(String body) {
    var refused = client.post(RUNS, body).is(422);

    assertThat(refused.at("/detail/0/loc").toString()).isEqualTo("[\"body\"]");
  }

  @Test
  void saysOfAQueryThatItIsNotWellEncoded() {
    var refused = client.getAsWritten(RUNS, "status=%ff").is(422);

    assertThat(refused.at("/detail/0/loc").toString()).isEqualTo("[\"query\"]");
  }

  @Test
  void saysOfAPathThatItIsNotWellEncoded() {
    for (var path : List.of(RUNS + "/%zz", RUNS + "/a%00b")) {
      var refused = client.getAsWritten(path, null).is(400);
      assertThat(refused.textAt("/detail/code")).isEqualTo("BAD_REQUEST");
      assertThat(refused.textAt("/detail/reason")).isEqualTo("request.malformed_path");
    }
  }

  @Test
  void takesJsonAlone() {
    var refused = client.with("Content-Type", "text/plain").post(RUNS, "{}").is(415);

    assertThat(refused.textAt("/detail/code")).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    assertThat(refused.header("Accept")).isEqualTo("application/json");
  }

  @Test
  void takesBodiesUpToTheLimitOfAllSurfaces() {
    var refused =
        client.post(RUNS, "{'contract_id':'%s'}", "x".repeat(RestWorld.MOST_BODY_BYTES)).is(413);

    assertThat(refused.textAt("/detail/code")).isEqualTo("PAYLOAD_TOO_LARGE");
  }

  @Test
  void saysOfAnOrganizationThatItIsNotThere() {
    assertThat(client.within(NOBODY).get(RUNS).is(404).textAt("/detail/reason"))
        .isEqualTo("organization.not_found");
    assertThat(client.within("x").get(RUNS).is(422).at("/detail/0/loc").toString())
        .isEqualTo("[\"header\",\"X-Organization-Id\"]");
  }

  @Test
  void saysWhenTooMuchWasAsked() {
    var limited =
        new RestWorld(
            Map.of(
                Budget.KEY, new Rate(3, Duration.ofSeconds(1)),
                Budget.NEW_RUNS, new Rate(1, Duration.ofMinutes(1)),
                Budget.CANCELLATIONS, new Rate(1, Duration.ofMinutes(1))),
            List.of());
    var holder = limited.holder(limited.organization(), "'runs:read','runs:write'", "");

    var id = holder.post(RUNS, "{'contract_id':'c'}").is(201).textAt("/id");
    var another = holder.post(RUNS, "{'contract_id':'c'}").is(429);
    assertThat(another.textAt("/detail/code")).isEqualTo("RATE_LIMITED");
    assertThat(another.textAt("/detail/limit")).isEqualTo("newRuns");
    assertThat(another.header("Retry-After")).isEqualTo("60");
    holder.get(RUNS).is(200);
    assertThat(holder.get(RUNS).is(429).textAt("/detail/limit")).isEqualTo("key");
    limited.clock().advance(Duration.ofSeconds(1));
    holder.patch(RUNS + "/" + id, "{'status':'cancelled'}").is(200);
    assertThat(
            holder.patch(RUNS + "/" + id, "{'status':'cancelled'}").is(429).textAt("/detail/limit"))
        .isEqualTo("cancellations");
    holder.patch(RUNS + "/" + id, "{'metadata':{'a':1}}").is(200);
  }

  @Test
  void letsPagesOfOtherOriginsReadItsRefusals() {
    var refused =
        client.without("X-API-Key").with("Origin", "https://hub.example").get(RUNS).is(401);

    assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("*");
  }

  @Test
  void isOpenToReadersOfOneOrganizationWhereThatIsWanted() {
    var open = RestWorld.openToReaders();
    var reader = open.client().without("X-API-Key");
    var id = open.client().post(RUNS, "{'contract_id':'c'}").is(201).textAt("/id");
    var other = open.client().within(open.organization());
    var foreign = other.post(RUNS, "{'contract_id':'c'}").is(201).textAt("/id");
    var validation =
        open.client()
            .post("/api/v1/validations", "{'contract_id':'c','status':'passed'}")
            .is(201)
            .textAt("/id");

    assertThat(reader.get(RUNS).is(200).at("/total").intValue()).isEqualTo(1);
    reader.get(RUNS + "/" + id).is(200);
    reader.get(RUNS + "/" + foreign).is(404);
    reader.get("/api/v1/validations").is(200);
    reader.get("/api/v1/validations/" + validation).is(200);
    reader.get("/api/v1/validations/stats/c").is(200);
    assertClosedToWriters(reader, id);
    reader.within(open.organization()).get(RUNS).is(404);
    open.client().with("X-API-Key", "wrong").get(RUNS).is(403);
  }

  private static void assertClosedToWriters(Client reader, String id) {
    reader.post(RUNS, "{'contract_id':'c'}").is(401);
    reader.patch(RUNS + "/" + id, "{'status':'failed'}").is(401);
    reader.post("/api/v1/validations", "{'contract_id':'c','status':'passed'}").is(401);
    reader.get("/api/v1/contracts").is(401);
    reader.get("/api/v1/contracts/c/policy").is(401);
    reader.get("/v1/runs").is(401);
    reader.get("/v1/runs/" + id).is(401);
  }
}
