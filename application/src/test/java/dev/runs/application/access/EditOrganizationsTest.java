package dev.runs.application.access;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.Caller;
import dev.runs.application.UseCaseTest;
import dev.runs.application.audit.AuditFilter;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.access.Slug;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import dev.runs.domain.secret.CredentialCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EditOrganizationsTest extends UseCaseTest {

  private final EditOrganizations edit =
      new EditOrganizations(world.organizations(), world.transactions(), auditor(), clock);

  @Test
  void refusesCredentialsUntilSomebodySwitchesThatOff() {
    assertThat(edit.show(OF_ACME, ACME.id()).credentialCheck()).isEqualTo(CredentialCheck.REFUSE);

    clock.advance(Duration.ofSeconds(1));
    var off = edit.change(OF_ACME, ACME.id(), CredentialCheck.OFF);

    assertThat(off.credentialCheck()).isEqualTo(CredentialCheck.OFF);
    assertThat(off.updatedAt()).isEqualTo(NOON.plusSeconds(1));
    assertThat(edit.show(OF_ACME, ACME.id())).isEqualTo(off);
    assertThat(edit.show(PLATFORM, GLOBEX.id())).isEqualTo(GLOBEX);
  }

  @Test
  void writesAChangeIntoTheAuditLogAndNothingWhenNothingChanges() {
    edit.change(OF_ACME, ACME.id(), CredentialCheck.REFUSE);
    assertThat(audited()).isEmpty();

    edit.change(OF_ACME, ACME.id(), CredentialCheck.OFF);

    assertThat(audited())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.action()).isEqualTo(AuditAction.ORGANIZATION_CHANGED);
          assertThat(entry.organization()).contains(ACME.id());
          assertThat(entry.target()).isEqualTo("organization:" + ACME.id());
          assertThat(entry.details()).isEqualTo(Map.of("credentialCheck", "off"));
        });
  }

  @Test
  void knowsNoOrganizationBeyondTheCallersReachOrNowhere() {
    assertThatExceptionOfType(AccessRejected.OrganizationNotFound.class)
        .isThrownBy(() -> edit.show(OF_GLOBEX, ACME.id()));
    assertThatExceptionOfType(AccessRejected.OrganizationNotFound.class)
        .isThrownBy(() -> edit.change(OF_GLOBEX, ACME.id(), CredentialCheck.OFF));
    assertThatExceptionOfType(AccessRejected.OrganizationNotFound.class)
        .isThrownBy(() -> edit.show(PLATFORM, new OrganizationId(uuid(99))));
    assertThat(edit.show(OF_ACME, ACME.id())).isEqualTo(ACME);
  }

  @Test
  void isNotForKeysOfSomeProjects() {
    var reach = new Reach.Within(ACME.id(), Set.of(new Slug("crawl")));
    var access = new Access(ACTOR, reach, Scopes.ofOrganization(), Optional.empty());
    var bound = new Caller(access, ACME.id(), Origin.LOCAL);

    assertThatExceptionOfType(AccessRejected.BoundToProjects.class)
        .isThrownBy(() -> edit.change(bound, ACME.id(), CredentialCheck.OFF));
  }

  private List<AuditEntry> audited() {
    return world.auditLog().newestFirst(Optional.empty(), AuditFilter.ALL, Optional.empty(), 10);
  }
}
