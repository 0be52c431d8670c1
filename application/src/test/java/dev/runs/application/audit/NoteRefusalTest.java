package dev.runs.application.audit;

import static dev.runs.domain.run.RunFixtures.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.UseCaseTest;
import dev.runs.domain.access.ApiKeyText;
import dev.runs.domain.access.Origin;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class NoteRefusalTest extends UseCaseTest {

  private static final String ROUTE = "DELETE /v1/runs/{id}";
  private static final Origin HERE = new Origin("req-1", "192.0.2.1");

  private final NoteRefusal note =
      new NoteRefusal(world.auditTrail(), world.transactions(), ids, clock);

  @Test
  void saysWhoMayNotDoWhat() {
    note.ofCaller(OF_ACME.access(), HERE, ROUTE, "access.scope_missing");

    assertThat(noted())
        .containsExactly(
            new AuditEntry(
                noted().getFirst().id(),
                clock.instant(),
                Optional.of(ACME.id()),
                ACTOR,
                AuditAction.ACCESS_REFUSED,
                "route:" + ROUTE,
                HERE,
                Map.of("code", "access.scope_missing")));
  }

  @Test
  void countsARefusalOfThePlatformToNoOrganization() {
    note.ofCaller(PLATFORM.access(), HERE, ROUTE, "key.grant_exceeded");

    assertThat(noted()).singleElement().returns(Optional.empty(), AuditEntry::organization);
  }

  @Test
  void showsOfAKeyOnlyWhatPeopleMaySee() {
    var key = ApiKeyText.generated("live", new SplittableRandom(7));

    note.ofKey(key, HERE, ROUTE, "request.unauthorized");

    assertThat(noted())
        .singleElement()
        .returns(Auditor.NOBODY, AuditEntry::actor)
        .returns(Optional.empty(), AuditEntry::organization)
        .returns(
            Map.of("code", "request.unauthorized", "key", key.substring(0, 14)),
            AuditEntry::details);
    assertThat(noted().toString()).doesNotContain(key.substring(14));
  }

  @Test
  void showsNothingOfAKeyThatIsNotWellFormed() {
    note.ofKey("canary-9f3b-password", HERE, ROUTE, "request.unauthorized");

    assertThat(noted().toString()).doesNotContain("canary").contains("malformed");
  }

  @Test
  void notesTheSameOnceInAMinute() {
    refuse(HERE, ROUTE);
    refuse(new Origin("req-2", "192.0.2.1"), ROUTE);
    clock.advance(NoteRefusal.SPAN.minusMillis(1));
    refuse(HERE, ROUTE);
    assertThat(noted()).hasSize(1);

    clock.advance(Duration.ofMillis(1));
    refuse(HERE, ROUTE);

    assertThat(noted()).hasSize(2);
    assertThat(noted().getLast().details()).containsEntry("leftOutBefore", "2");
    assertThat(noted().getFirst().details()).doesNotContainKey("leftOutBefore");
  }

  @Test
  void tellsActorsAddressesAndRoutesApart() {
    refuse(HERE, ROUTE);
    refuse(new Origin("req-1", "192.0.2.2"), ROUTE);
    refuse(HERE, "GET /v1/audit");
    note.ofKey("no key", HERE, ROUTE, "request.unauthorized");

    assertThat(noted()).hasSize(4);
  }

  @Test
  void notesNoMoreInAMinuteThanMayBe() {
    for (var i = 0; i < NoteRefusal.MOST_IN_SPAN + 5; i++) {
      note.ofKey("no key", new Origin("req", "192.0.2." + i), ROUTE, "request.unauthorized");
    }
    assertThat(noted()).hasSize(NoteRefusal.MOST_IN_SPAN);

    refuse(HERE, ROUTE);
    clock.advance(NoteRefusal.SPAN);
    note.ofKey("no key", HERE, ROUTE, "request.unauthorized");

    assertThat(noted()).hasSize(NoteRefusal.MOST_IN_SPAN + 2);
    assertThat(noted().get(NoteRefusal.MOST_IN_SPAN).details())
        .as("strangers do not crowd out known callers")
        .containsEntry("leftOutBefore", "5");
  }

  private void refuse(Origin origin, String route) {
    note.ofCaller(OF_ACME.access(), origin, route, "access.scope_missing");
  }

  private List<AuditEntry> noted() {
    return world.auditTrail().all();
  }
}
