package dev.runs.application.audit;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of the audit log promises. */
public abstract class AuditLogContract extends StoresContract {

  private static final Optional<OrganizationId> ALL = Optional.empty();
  private static final Principal ADA = new Principal("key:ada");
  private static final Principal BEN = new Principal("key:ben");

  @Test
  void givesBackWhatWasWritten() {
    var written =
        new AuditEntry(
            uuid(1),
            Instant.parse("2026-03-01T12:00:00.123456Z"),
            Optional.of(ACME.id()),
            ADA,
            AuditAction.KEY_CREATED,
            "key:" + uuid(7),
            new Origin("req-1", "2001:db8::1"),
            Map.of("name", "nightly \"crawl\"; drop", "scopes", "runs:read runs:write"));
    var ofAll =
        new AuditEntry(
            uuid(2),
            NOON,
            Optional.empty(),
            Principal.SYSTEM,
            AuditAction.PRICE_SET,
            "price:ünit's",
            Origin.LOCAL,
            Map.of());
    add(written, ofAll);

    assertThat(log().newestFirst(ALL, AuditFilter.ALL, Optional.empty(), 10))
        .containsExactly(ofAll, written);
  }

  @Test
  void listsTheNewestFirstPageByPage() {
    addAll(5);

    assertThat(numbers(ALL, AuditFilter.ALL, Optional.empty(), 2)).containsExactly(5L, 4L);
    assertThat(numbers(ALL, AuditFilter.ALL, Optional.of(uuid(4)), 2)).containsExactly(3L, 2L);
    assertThat(numbers(ALL, AuditFilter.ALL, Optional.of(uuid(2)), 2)).containsExactly(1L);
    assertThat(numbers(ALL, AuditFilter.ALL, Optional.of(uuid(1)), 2)).isEmpty();
  }

  @Test
  void keepsTheMattersOfAnOrganizationApart() {
    add(
        entry(1, ACME, ADA, AuditAction.KEY_CREATED, "key:1", NOON),
        entry(2, GLOBEX, ADA, AuditAction.KEY_CREATED, "key:1", NOON),
        ofInstallation(3));

    assertThat(numbers(Optional.of(ACME.id()), AuditFilter.ALL, Optional.empty(), 9))
        .containsExactly(1L);
    assertThat(numbers(Optional.of(GLOBEX.id()), AuditFilter.ALL, Optional.empty(), 9))
        .containsExactly(2L);
    assertThat(numbers(ALL, AuditFilter.ALL, Optional.empty(), 9)).containsExactly(3L, 2L, 1L);
  }

  @Test
  void findsWhatSomebodyDid() {
    add(
        entry(1, ACME, ADA, AuditAction.KEY_CREATED, "key:1", NOON),
        entry(2, ACME, BEN, AuditAction.KEY_CREATED, "key:1", NOON),
        entry(3, GLOBEX, BEN, AuditAction.KEY_CREATED, "key:1", NOON));
    var filter = filter(Optional.of("key:ben"), Optional.empty(), Optional.empty());

    assertThat(numbers(Optional.of(ACME.id()), filter, Optional.empty(), 9)).containsExactly(2L);
    assertThat(numbers(ALL, filter, Optional.empty(), 9)).containsExactly(3L, 2L);
  }

  @Test
  void findsOneKindOfAction() {
    add(
        entry(1, ACME, ADA, AuditAction.KEY_CREATED, "key:1", NOON),
        entry(2, ACME, ADA, AuditAction.KEY_REVOKED, "key:1", NOON));
    var filter = filter(Optional.empty(), Optional.of(AuditAction.KEY_REVOKED), Optional.empty());

    assertThat(numbers(ALL, filter, Optional.empty(), 9)).containsExactly(2L);
  }

  @Test
  void findsWhatWasDoneToSomething() {
    add(
        entry(1, ACME, ADA, AuditAction.KEY_CREATED, "key:1", NOON),
        entry(2, ACME, ADA, AuditAction.KEY_CREATED, "key:12", NOON),
        entry(3, GLOBEX, ADA, AuditAction.KEY_REVOKED, "key:1", NOON));
    var filter = filter(Optional.empty(), Optional.empty(), Optional.of("key:1"));

    assertThat(numbers(ALL, filter, Optional.empty(), 9)).containsExactly(3L, 1L);
    assertThat(numbers(Optional.of(ACME.id()), filter, Optional.empty(), 9)).containsExactly(1L);
  }

  @Test
  void findsASpanOfTimeWithBothItsEnds() {
    for (var i = 1; i <= 4; i++) {
      add(entry(i, ACME, ADA, AuditAction.KEY_CREATED, "key:1", NOON.plusSeconds(i)));
    }
    var filter =
        new AuditFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(NOON.plusSeconds(2)),
            Optional.of(NOON.plusSeconds(3)));

    assertThat(numbers(ALL, filter, Optional.empty(), 9)).containsExactly(3L, 2L);
  }

  @Test
  void saysWhereALongListIsToBeCut() {
    addAll(5);

    assertThat(log().lastOfFirst(ALL, AuditFilter.ALL, Optional.empty(), 4)).contains(uuid(2));
    assertThat(log().lastOfFirst(ALL, AuditFilter.ALL, Optional.empty(), 5)).isEmpty();
    assertThat(log().lastOfFirst(ALL, AuditFilter.ALL, Optional.of(uuid(5)), 1)).contains(uuid(4));
    assertThat(log().lastOfFirst(ALL, AuditFilter.ALL, Optional.of(uuid(2)), 1)).isEmpty();
    assertThat(log().lastOfFirst(Optional.of(GLOBEX.id()), AuditFilter.ALL, Optional.empty(), 1))
        .isEmpty();
  }

  @Test
  void neverWritesOneEntryOverAnother() {
    add(entry(1, ACME, ADA, AuditAction.KEY_CREATED, "key:1", NOON));

    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> add(entry(1, ACME, BEN, AuditAction.KEY_CREATED, "key:1", NOON)));
    assertThat(numbers(ALL, filter(Optional.of("key:ben"), Optional.empty(), Optional.empty())))
        .isEmpty();
  }

  @Test
  void forgetsWhatWasUndone() {
    assertThatThrownBy(() ->
            stores()
                .write(() -> {
                  stores().auditTrail().add(ofInstallation(1));
                  throw new IllegalStateException("the effect failed");
                }))
        .hasMessage("the effect failed");

    assertThat(numbers(ALL, AuditFilter.ALL)).isEmpty();
  }

  @Test
  void takesWhatManyWriteAtOnce() {
    AtOnce.with(
        8,
        i -> {
          add(entry(i + 1, ACME, ADA, AuditAction.KEY_CREATED, "key:" + i, NOON));
          return i;
        });

    assertThat(numbers(ALL, AuditFilter.ALL))
        .hasSize(8)
        .isSortedAccordingTo((a, b) -> (int) (b - a));
  }

  private AuditLog log() {
    return stores().auditLog();
  }

  private void addAll(int count) {
    for (var i = 1; i <= count; i++) {
      add(entry(i, ACME, ADA, AuditAction.KEY_CREATED, "key:1", NOON));
    }
  }

  private void add(AuditEntry... entries) {
    stores()
        .write(() -> {
          for (var entry : entries) {
            stores().auditTrail().add(entry);
          }
        });
  }

  private List<Long> numbers(Optional<OrganizationId> organization, AuditFilter filter) {
    return numbers(organization, filter, Optional.empty(), 100);
  }

  private List<Long> numbers(
      Optional<OrganizationId> organization, AuditFilter filter, Optional<UUID> after, int limit) {
    return log().newestFirst(organization, filter, after, limit).stream()
        .map(entry -> entry.id().getLeastSignificantBits() & Long.MAX_VALUE)
        .toList();
  }

  private static AuditFilter filter(
      Optional<String> actor, Optional<AuditAction> action, Optional<String> target) {
    return new AuditFilter(actor, action, target, Optional.empty(), Optional.empty());
  }

  private static AuditEntry ofInstallation(long number) {
    return new AuditEntry(
        uuid(number),
        NOON,
        Optional.empty(),
        ADA,
        AuditAction.PRICE_SET,
        "price:tokens",
        Origin.LOCAL,
        Map.of());
  }

  private static AuditEntry entry(
      long number,
      Organization organization,
      Principal actor,
      AuditAction action,
      String target,
      Instant at) {
    return new AuditEntry(
        uuid(number),
        at,
        Optional.of(organization.id()),
        actor,
        action,
        target,
        new Origin("request-" + number, "192.0.2.1"),
        Map.of());
  }
}
