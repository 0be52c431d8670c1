package dev.runs.adapters.rest.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestTest;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditControllerTest extends RestTest {

  private static final String HEADER =
      "id,at,organizationId,actor,action,target,requestId,address,details\r\n";

  private final AtomicLong written = new AtomicLong(0xB0000);

  @Test
  void showsWhoDidWhatWhenAndFromWhere() {
    var organization = world.organization();
    var run = world.run(organization);
    client.delete("/v1/runs/" + run).is(204);

    var answer = client.get("/v1/audit?target=run:" + run).is(200);

    assertThat(answer.at("/entries")).hasSize(1);
    assertThat(answer.textAt("/entries/0/at")).isEqualTo("2026-11-20T12:00:00.123Z");
    assertThat(answer.textAt("/entries/0/organizationId")).isEqualTo(organization);
    assertThat(answer.textAt("/entries/0/actor")).isEqualTo("key:configured");
    assertThat(answer.textAt("/entries/0/action")).isEqualTo("run.deleted");
    assertThat(UUID.fromString(answer.textAt("/entries/0/requestId"))).isNotNull();
    assertThat(answer.textAt("/entries/0/address")).isEqualTo("127.0.0.1");
    assertThat(answer.at("/nextCursor").isNull()).isTrue();
    assertThat(answer.header("Vary")).isEqualTo("Accept");
  }

  @Test
  void showsAKeyOnlyWhatConcernsItsOrganization() {
    var own = world.organization();
    var foreign = world.organization();
    client.delete("/v1/runs/" + world.run(own)).is(204);
    client.delete("/v1/runs/" + world.run(foreign)).is(204);
    var admin = world.holder(own, "'org:admin'", "");

    for (var query : List.of("", "&organizationId=all", "&organizationId=" + own)) {
      var answer = admin.get("/v1/audit?action=run.deleted" + query).is(200);
      assertThat(answer.at("/entries").findValuesAsString("organizationId")).containsExactly(own);
    }
    var csv = admin.get("/v1/audit?action=run.deleted&format=csv").is(200).text();
    assertThat(csv).contains(own).doesNotContain(foreign);
    assertThat(admin.get("/v1/audit?organizationId=" + foreign).is(404).textAt("/code"))
        .isEqualTo("organization.not_found");
    assertThat(admin.get("/v1/audit?format=csv&organizationId=" + foreign).is(404).textAt("/code"))
        .isEqualTo("organization.not_found");
    assertThat(admin.within(foreign).get("/v1/audit").is(404).textAt("/code"))
        .isEqualTo("organization.not_found");
  }

  @Test
  void showsAPlatformKeyEverythingOrTheOrganizationItNames() {
    var one = world.organization();
    var other = world.organization();
    client.delete("/v1/runs/" + world.run(one)).is(204);
    client.delete("/v1/runs/" + world.run(other)).is(204);

    assertThat(organizations(client.get("/v1/audit?action=run.deleted"))).contains(one, other);
    assertThat(organizations(client.get("/v1/audit?action=run.deleted&organizationId=" + one)))
        .containsExactly(one);
    assertThat(organizations(client.within(one).get("/v1/audit?action=run.deleted")))
        .containsExactly(one);
    assertThat(
            organizations(
                client.within(one).get("/v1/audit?action=run.deleted&organizationId=all")))
        .contains(one, other);
    assertThat(organizations(client.get("/v1/audit?organizationId=" + NOBODY))).isEmpty();
  }

  @Test
  void showsNothingToAKeyThatIsBoundToProjects() {
    var bound = world.holder(world.organization(), "'org:admin'", ",'projectIds':['default']");

    assertThat(bound.get("/v1/audit").is(403).textAt("/code"))
        .isEqualTo("access.bound_to_projects");
  }

  @Test
  void leadsFromPageToPage() {
    var target = note(5, "page");

    var first = client.get("/v1/audit?limit=3&target=" + target).is(200);
    var second =
        client
            .get("/v1/audit?limit=3&target=" + target + "&cursor=" + first.textAt("/nextCursor"))
            .is(200);

    assertThat(first.at("/entries")).hasSize(3);
    assertThat(first.at("/limit").asInt()).isEqualTo(3);
    assertThat(second.at("/entries")).hasSize(2);
    assertThat(second.at("/nextCursor").isNull()).isTrue();
  }

  @Test
  void narrowsByActorActionTargetAndTime() {
    var target = note(1, "narrow");
    var query = "/v1/audit?target=" + target;

    assertThat(client.get(query + "&actor=key:narrow").at("/entries")).hasSize(1);
    assertThat(client.get(query + "&actor=key:other").at("/entries")).isEmpty();
    assertThat(client.get(query + "&action=key.created").at("/entries")).hasSize(1);
    assertThat(client.get(query + "&action=key.revoked").at("/entries")).isEmpty();
    assertThat(client.get(query + "&from=2026-11-20T11:00Z&to=2026-11-20T11:00Z").at("/entries"))
        .hasSize(1);
    assertThat(client.get(query + "&from=2026-11-20T11:00:01Z").at("/entries")).isEmpty();
    assertThat(client.get(query + "&to=2026-11-20T10:59:59Z").at("/entries")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit",
    "limit=201, limit",
    "limit=1.5, limit",
    "limit=x, limit",
    "format=csv&limit=100001, limit",
    "format=xml, format",
    "action=everything, action",
    "organizationId=acme, organizationId",
    "from=yesterday, from",
    "to=tomorrow, to",
    "cursor=%25, cursor",
    "format=csv&cursor=%25, cursor",
    "actor=a&actor=b, actor"
  })
  void namesTheParameterThatIsWrong(String query, String parameter) {
    var answer = client.get("/v1/audit?" + query).is(400);

    assertThat(answer.textAt("/errors/0/parameter")).isEqualTo(parameter);
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=200", "format=csv&limit=100000", "format=json&limit=1"})
  void takesTheLargestAndTheSmallestLimit(String query) {
    client.get("/v1/audit?" + query).is(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/csv | true",
        "text/csv, */*;q=0.5 | true",
        "application/json;q=0.5, text/csv | true",
        "text/csv, application/json | false",
        "text/csv;q=0 | false",
        "*/* | false",
        "text/html, text/* | false",
        "no media type | false"
      })
  void isCsvWhenTheClientWantsThatMore(String accept, boolean isCsv) {
    var answer = client.with("Accept", accept).get("/v1/audit?limit=1").is(200);

    assertThat(answer.contentType().startsWith("text/csv")).isEqualTo(isCsv);
    assertThat(answer.contentType().startsWith("application/json")).isNotEqualTo(isCsv);
  }

  @Test
  void isWhatTheFormatSaysWhateverTheClientAccepts() {
    var json = client.with("Accept", "text/csv").get("/v1/audit?format=json").is(200);
    var csv = client.with("Accept", "application/json").get("/v1/audit?format=csv").is(200);

    assertThat(json.contentType()).isEqualTo("application/json");
    assertThat(csv.contentType()).isEqualTo("text/csv;charset=utf-8;header=present");
    assertThat(csv.header("Content-Disposition")).isEqualTo("attachment; filename=\"audit.csv\"");
  }

  @Test
  void writesCsvThatNoSpreadsheetTakesForAFormula() {
    var target = "=HYPERLINK(\"http://evil.example\",\"x\")";
    write(target, "key:=1+1", Map.of("name", "a \"b\", c\r\nd"), "req,1");

    var csv = client.get("/v1/audit?format=csv&actor=key:=1%2B1").is(200).text();

    assertThat(csv).startsWith(HEADER);
    assertThat(csv.substring(HEADER.length()))
        .endsWith(
            ",2026-11-20T11:00:00.000Z,,key:=1+1,key.created,"
                + "\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\","
                + "\"req,1\",192.0.2.1,"
                + "\"{\"\"name\"\":\"\"a \\\"\"b\\\"\", c\\r\\nd\"\"}\"\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=", "+", "-", "@", "\t", "\r", "＝"})
  void putsAnApostropheBeforeWhatBeginsAFormula(String begin) {
    var actor = "formula-" + written.get();
    write(begin + "cmd", actor, Map.of(), "req");

    var csv = client.get("/v1/audit?format=csv&actor=" + actor).is(200).text();

    assertThat(csv).contains("'" + begin + "cmd");
  }

  @Test
  void saysInALinkWhereALongCsvGoesOn() {
    var target = note(5, "link");
    var query = "?target=" + target + "&format=csv&limit=2";

    var first = client.get("/v1/audit" + query).is(200);
    var second = client.get("/v1/audit" + next(first)).is(200);
    var third = client.get("/v1/audit" + next(second)).is(200);

    assertThat(lines(first)).isEqualTo(2);
    assertThat(lines(second)).isEqualTo(2);
    assertThat(lines(third)).isEqualTo(1);
    assertThat(next(first)).startsWith(query + "&cursor=");
    assertThat(next(second)).startsWith(query + "&cursor=").isNotEqualTo(next(first));
    assertThat(third.response().containsHeader("Link")).isFalse();
  }

  @Test
  void writesThousandsOfLines() {
    var target = note(2_500, "many");

    var csv = client.get("/v1/audit?format=csv&target=" + target).is(200);

    assertThat(lines(csv)).isEqualTo(2_500);
    assertThat(csv.response().containsHeader("Link")).isFalse();
  }

  private static List<String> organizations(Answer answer) {
    return answer.is(200).at("/entries").findValuesAsString("organizationId");
  }

  private static long lines(Answer csv) {
    return csv.text().substring(HEADER.length()).lines().count();
  }

  private static String next(Answer answer) {
    var link = answer.header("Link");
    assertThat(link).startsWith("<?").endsWith(">; rel=\"next\"");
    return link.substring(1, link.indexOf('>'));
  }

  /** Writes entries with one target, which it returns. */
  private String note(int count, String name) {
    var target = "key:" + name;
    for (var i = 0; i < count; i++) {
      write(target, target, Map.of(), "req");
    }
    return target;
  }

  private void write(String target, String actor, Map<String, String> details, String requestId) {
    var entry =
        new AuditEntry(
            new UUID(0x7000L, Long.MIN_VALUE | written.incrementAndGet()),
            Instant.parse("2026-11-20T11:00:00Z"),
            Optional.empty(),
            new Principal(actor),
            AuditAction.KEY_CREATED,
            target,
            new Origin(requestId, "192.0.2.1"),
            details);
    world.stores().write(() -> world.stores().auditTrail().add(entry));
  }
}
