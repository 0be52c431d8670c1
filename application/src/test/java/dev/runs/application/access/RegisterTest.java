package dev.runs.application.access;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.ADA;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.Receipt;
import dev.runs.application.RecordedReceipt;
import dev.runs.application.UseCaseTest;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.User;
import dev.runs.domain.audit.AuditAction;
import org.junit.jupiter.api.Test;

/** Registering organizations and users. */
final class RegisterTest extends UseCaseTest {

  private final RegisterOrganization registerOrganization =
      new RegisterOrganization(world.organizations(), world.transactions(), auditor(), ids, clock);
  private final RegisterUser registerUser =
      new RegisterUser(world.organizations(), world.users(), world.transactions(), ids, clock);

  @Test
  void makesAnOrganizationOnceAndFindsItAfterwards() {
    var receipt = new RecordedReceipt<Upserted<Organization>>(world.transactions());

    var made = registerOrganization.register(PLATFORM, new ExternalId("initech"), receipt);
    var found = registerOrganization.register(PLATFORM, new ExternalId("initech"), Receipt.none());

    assertThat(made.isNew()).isTrue();
    assertThat(made.value().createdAt()).isEqualTo(NOON);
    assertThat(found).isEqualTo(new Upserted<>(made.value(), false));
    assertThat(receipt.recorded()).containsExactly(made);
    assertThat(world.auditTrail().all())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.action()).isEqualTo(AuditAction.ORGANIZATION_CREATED);
          assertThat(entry.organization()).contains(made.value().id());
        });
    assertThat(registerOrganization.ensured(new ExternalId("initech"))).isEqualTo(made.value());
    assertThat(registerOrganization.ensured(new ExternalId("hooli")).createdAt()).isEqualTo(NOON);
  }

  @Test
  void makesAUserOnceInEachOrganization() {
    var peter = new ExternalId("peter");
    var receipt = new RecordedReceipt<Upserted<User>>(world.transactions());

    var made = registerUser.register(PLATFORM, ACME.id(), peter, receipt);
    var other = registerUser.register(PLATFORM, GLOBEX.id(), peter, Receipt.none());

    assertThat(made.isNew()).isTrue();
    assertThat(other.isNew()).isTrue();
    assertThat(other.value().id()).isNotEqualTo(made.value().id());
    assertThat(registerUser.register(OF_ACME, ACME.id(), ADA.externalId(), Receipt.none()))
        .isEqualTo(new Upserted<>(ADA, false));
    assertThat(receipt.recorded()).containsExactly(made);
  }

  @Test
  void findsNoOrganizationThatIsUnknownOrBeyondTheCallersReach() {
    var peter = new ExternalId("peter");

    assertThatExceptionOfType(AccessRejected.OrganizationNotFound.class)
        .isThrownBy(() ->
            registerUser.register(PLATFORM, new OrganizationId(uuid(77)), peter, Receipt.none()));
    assertThatExceptionOfType(AccessRejected.OrganizationNotFound.class)
        .isThrownBy(() -> registerUser.register(OF_ACME, GLOBEX.id(), peter, Receipt.none()));
    assertThat(world.users().find(GLOBEX.id(), peter)).isEmpty();
  }
}
