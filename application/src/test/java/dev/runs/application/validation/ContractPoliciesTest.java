package dev.runs.application.validation;

import static dev.runs.application.validation.ValidationFixtures.EVENTS;
import static dev.runs.application.validation.ValidationFixtures.ORDERS;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.Caller;
import dev.runs.application.RequestRejected;
import dev.runs.application.UseCaseTest;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Role;
import dev.runs.domain.access.Slug;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import dev.runs.domain.validation.ContractPolicy;
import dev.runs.domain.validation.Gate;
import dev.runs.domain.validation.ValidationRejected;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What organizations want to follow from validations: said, shown, taken back. */
final class ContractPoliciesTest extends UseCaseTest {

  private final EditContractPolicies edit =
      new EditContractPolicies(world.contractPolicies(), world.transactions(), auditor(), clock);
  private final ShowContractPolicies show = new ShowContractPolicies(world.contractPolicies());

  @Test
  void areKeptAndNoted() {
    var policy = edit.put(OF_ACME, EVENTS, Gate.FAIL);

    assertThat(policy).isEqualTo(new ContractPolicy(ACME.id(), EVENTS, Gate.FAIL, NOON));
    assertThat(show.show(OF_ACME, EVENTS)).isEqualTo(policy);
    assertThatExceptionOfType(ValidationRejected.PolicyNotFound.class)
        .isThrownBy(() -> show.show(OF_GLOBEX, EVENTS));
    edit.remove(OF_ACME, EVENTS);
    assertThatExceptionOfType(ValidationRejected.PolicyNotFound.class)
        .isThrownBy(() -> edit.remove(OF_ACME, EVENTS));
    assertThat(world.auditLog().all())
        .extracting(AuditEntry::action)
        .containsExactly(AuditAction.CONTRACT_CHANGED, AuditAction.CONTRACT_RESET);
  }

  @Test
  void areListedPageByPage() {
    edit.put(OF_ACME, EVENTS, Gate.FAIL);
    edit.put(OF_ACME, ORDERS, Gate.WARN);

    var first = show.list(OF_ACME, Optional.empty(), 1);
    var second = show.list(OF_ACME, first.next(), 1);

    assertThat(first.items()).extracting(ContractPolicy::contract).containsExactly(ORDERS);
    assertThat(second.items()).extracting(ContractPolicy::contract).containsExactly(EVENTS);
    assertThat(second.next()).isEmpty();
    assertThatExceptionOfType(RequestRejected.BadCursor.class)
        .isThrownBy(() -> show.list(OF_ACME, Optional.of("%"), 1));
  }

  @Test
  void areForAdministratorsOnly() {
    var access = OF_ACME.access();
    var operator =
        new Caller(
            new Access(
                access.principal(), access.reach(), Role.OPERATOR.scopes(), access.expiresAt()),
            ACME.id(),
            OF_ACME.origin());

    assertThatExceptionOfType(AccessRejected.ScopeMissing.class)
        .isThrownBy(() -> edit.put(operator, EVENTS, Gate.FAIL));
    assertThatExceptionOfType(AccessRejected.ScopeMissing.class)
        .isThrownBy(() -> edit.remove(operator, EVENTS));
  }

  @Test
  void areNotForWhoIsBoundToProjects() {
    var access = OF_ACME.access();
    var bound =
        new Caller(
            new Access(
                access.principal(),
                new Reach.Within(ACME.id(), Set.of(new Slug("web"))),
                access.scopes(),
                access.expiresAt()),
            ACME.id(),
            OF_ACME.origin());

    assertThatExceptionOfType(AccessRejected.BoundToProjects.class)
        .isThrownBy(() -> edit.put(bound, EVENTS, Gate.FAIL));
    assertThatExceptionOfType(AccessRejected.BoundToProjects.class)
        .isThrownBy(() -> edit.remove(bound, EVENTS));
  }
}
