package dev.runs.adapters.rest.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.RestTest;
import dev.runs.application.audit.NoteRefusal;
import dev.runs.domain.access.ApiKeyText;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotedRefusalsTest extends RestTest {

  private static final String CANARY = "canary5e11f00d";

  @BeforeEach
  void forgetWhatWasRefused() {
    world.clock().advance(NoteRefusal.SPAN);
  }

  @Test
  void areNotedWhenAScopeIsMissing() {
    var organization = world.organization();
    var reader = world.holder(organization, "'runs:read'", "");
    var run = world.run(organization);

    reader.delete("/v1/runs/" + run).is(403);
    reader.delete("/v1/runs/" + run).is(403);

    assertThat(refusals(organization))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.actor().value()).startsWith("key:");
          assertThat(entry.target()).isEqualTo("route:DELETE /v1/runs/{id}");
          assertThat(entry.details()).containsEntry("code", "access.scope_missing");
          assertThat(entry.origin().address()).isEqualTo("127.0.0.1");
        });
  }

  @Test
  void areNotedWhenAKeyWouldGrantWhatItLacks() {
    var organization = world.organization();
    var team = world.team(organization);
    var admin = world.holder(organization, "'keys:admin'", "");

    admin.post("/v1/teams/" + team + "/keys", "{'name':'more','scopes':['org:admin']}").is(403);

    assertThat(refusals(organization))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.target()).isEqualTo("route:POST /v1/teams/{team}/keys");
          assertThat(entry.details()).containsEntry("code", "key.grant_exceeded");
        });
  }

  @Test
  void areNotedWhenAKeyIsNotAccepted() {
    var key = ApiKeyText.generated("live", new SplittableRandom(7));

    client.with("X-API-Key", key).get("/v1/runs/" + NOBODY).is(401);

    assertThat(refusals())
        .last()
        .satisfies(entry -> {
          assertThat(entry.actor().value()).isEqualTo("anonymous");
          assertThat(entry.organization()).isEmpty();
          assertThat(entry.target()).isEqualTo("route:GET /v1/runs");
          assertThat(entry.details())
              .containsEntry("code", "request.unauthorized")
              .containsEntry("key", key.substring(0, 14));
        });
    assertThat(refusals().toString()).doesNotContain(key.substring(14));
  }

  @Test
  void areNotNotedWhenNoKeyIsShown() {
    var before = refusals().size();

    client.without("X-API-Key").get("/v1/runs").is(401);

    assertThat(refusals()).hasSize(before);
  }

  @Test
  void holdNothingOfWhatAStrangerSends() {
    var stranger = client.with("X-API-Key", CANARY).with("User-Agent", CANARY);
    for (var path :
        List.of(
            "/" + CANARY,
            "/v1/" + CANARY,
            "/v1/runs/" + CANARY + "?key=" + CANARY,
            "/v1/runs:" + CANARY,
            "/v1/runs?" + CANARY)) {
      stranger.get(path).is(401);
      stranger.without("X-API-Key").with("Authorization", "Bearer " + CANARY).get(path).is(401);
      world.clock().advance(NoteRefusal.SPAN);
    }

    assertThat(refusals()).hasSizeGreaterThanOrEqualTo(5);
    assertThat(world.stores().auditTrail().all().toString()).doesNotContain(CANARY);
  }

  @Test
  void holdNothingOfAKeyThatWasMade() {
    var organization = world.organization();
    var team = world.team(organization);
    var made =
        client.post("/v1/teams/" + team + "/keys", "{'name':'key','scopes':['runs:read']}").is(201);
    var key = made.textAt("/key");
    client.with("X-API-Key", key).get("/v1/audit").is(403);
    client.post("/v1/teams/" + team + "/keys/" + made.textAt("/id") + ":revoke", "{}").is(200);
    world.clock().advance(NoteRefusal.SPAN);
    client.with("X-API-Key", key).get("/v1/audit").is(401);

    var log = world.stores().auditTrail().all().toString();
    assertThat(log).contains(key.substring(0, 14)).doesNotContain(key.substring(10, 34));
    assertThat(log).doesNotContain(ApiKeyText.hash(key));
    var csv = client.get("/v1/audit?format=csv").is(200).text();
    assertThat(csv).contains(key.substring(0, 14)).doesNotContain(key.substring(10, 34));
  }

  private List<AuditEntry> refusals() {
    return world.stores().auditTrail().all().stream()
        .filter(entry -> entry.action() == AuditAction.ACCESS_REFUSED)
        .toList();
  }

  private List<AuditEntry> refusals(String organization) {
    return refusals().stream()
        .filter(entry ->
            entry.organization().map(Object::toString).map(organization::equals).orElse(false))
        .toList();
  }
}
