package dev.runs.application.audit;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.Caller;
import dev.runs.application.Cursor;
import dev.runs.application.RequestRejected;
import dev.runs.application.UseCaseTest;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.access.Slug;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ShowAuditTest extends UseCaseTest {

  private static final Optional<OrganizationId> ALL = Optional.empty();

  @Test
  void showsAnOrganizationWhatConcernsIt() {
    note(1, Optional.of(ACME.id()));
    note(2, Optional.of(GLOBEX.id()));
    note(3, Optional.empty());

    assertThat(shown(OF_ACME, ALL)).containsExactly(1L);
    assertThat(shown(OF_ACME, Optional.of(ACME.id()))).containsExactly(1L);
    assertThat(shown(OF_GLOBEX, ALL)).containsExactly(2L);
  }

  @Test
  void showsThePlatformEverythingOrOneOrganization() {
    note(1, Optional.of(ACME.id()));
    note(2, Optional.of(GLOBEX.id()));
    note(3, Optional.empty());

    assertThat(shown(PLATFORM, ALL)).containsExactly(3L, 2L, 1L);
    assertThat(shown(PLATFORM, Optional.of(GLOBEX.id()))).containsExactly(2L);
  }

  @Test
  void knowsNoOrganizationBeyondTheCallersReach() {
    assertThatExceptionOfType(AccessRejected.OrganizationNotFound.class)
        .isThrownBy(() -> shown(OF_ACME, Optional.of(GLOBEX.id())));
    assertThatExceptionOfType(AccessRejected.OrganizationNotFound.class)
        .isThrownBy(() ->
            show().export(OF_ACME, Optional.of(GLOBEX.id()), AuditFilter.ALL, Optional.empty(), 1));
  }

  @Test
  void showsNothingToWhoReachesOnlySomeProjects() {
    var reach = new Reach.Within(ACME.id(), Set.of(Slug.DEFAULT));
    var access = new Access(ACTOR, reach, Scopes.ofOrganization(), Optional.empty());
    var bound = new Caller(access, ACME.id(), Origin.LOCAL);

    assertThatExceptionOfType(AccessRejected.BoundToProjects.class)
        .isThrownBy(() -> shown(bound, ALL));
  }

  @Test
  void leadsFromPageToPage() {
    noteMany(5);

    var first = show().list(OF_ACME, ALL, AuditFilter.ALL, Optional.empty(), 3);
    var second = show().list(OF_ACME, ALL, AuditFilter.ALL, first.next(), 3);

    assertThat(numbers(first.items())).containsExactly(5L, 4L, 3L);
    assertThat(numbers(second.items())).containsExactly(2L, 1L);
    assertThat(second.next()).isEmpty();
  }

  @Test
  void knowsNoCursorThatItDidNotGive() {
    for (var cursor : List.of("%%%", Cursor.of("yesterday"))) {
      assertThatExceptionOfType(RequestRejected.BadCursor.class)
          .isThrownBy(() -> show().list(OF_ACME, ALL, AuditFilter.ALL, Optional.of(cursor), 3));
    }
  }

  @Test
  void exportsEverythingWhenThereIsNoMoreThanMayBe() {
    noteMany(2_001);

    var export = show().export(OF_ACME, ALL, AuditFilter.ALL, Optional.empty(), 2_001);

    assertThat(export.next()).isEmpty();
    assertThat(read(export)).hasSize(2_001).startsWith(2_001L).endsWith(1L);
  }

  @Test
  void exportsAFullLastReadOnce() {
    noteMany(2_000);

    var export = show().export(OF_ACME, ALL, AuditFilter.ALL, Optional.empty(), 100_000);

    assertThat(read(export)).hasSize(2_000).doesNotHaveDuplicates();
  }

  @Test
  void cutsAnExportThatIsTooLongAndSaysWhereItGoesOn() {
    noteMany(2_001);

    var first = show().export(OF_ACME, ALL, AuditFilter.ALL, Optional.empty(), 2_000);
    var second = show().export(OF_ACME, ALL, AuditFilter.ALL, first.next(), 2_000);

    assertThat(read(first)).hasSize(2_000).endsWith(2L);
    assertThat(read(second)).containsExactly(1L);
    assertThat(second.next()).isEmpty();
  }

  private ShowAudit show() {
    return new ShowAudit(world.auditLog());
  }

  private List<Long> shown(Caller caller, Optional<OrganizationId> organization) {
    return numbers(
        show().list(caller, organization, AuditFilter.ALL, Optional.empty(), 200).items());
  }

  private static List<Long> read(ShowAudit.Export export) {
    var read = new ArrayList<AuditEntry>();
    export.read(read::add);
    return numbers(read);
  }

  private static List<Long> numbers(List<AuditEntry> entries) {
    return entries.stream()
        .map(entry -> entry.id().getLeastSignificantBits() & Long.MAX_VALUE)
        .toList();
  }

  private void noteMany(int count) {
    world.write(() -> {
      for (var number = 1; number <= count; number++) {
        world.auditTrail().add(entry(number, Optional.of(ACME.id())));
      }
    });
  }

  private void note(long number, Optional<OrganizationId> organization) {
    world.write(() -> world.auditTrail().add(entry(number, organization)));
  }

  private AuditEntry entry(long number, Optional<OrganizationId> organization) {
    return new AuditEntry(
        uuid(number),
        clock.instant(),
        organization,
        ACTOR,
        AuditAction.KEY_CREATED,
        "key:" + number,
        Origin.LOCAL,
        Map.of());
  }
}
