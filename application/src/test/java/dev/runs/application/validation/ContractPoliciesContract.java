package dev.runs.application.validation;

import static dev.runs.application.validation.ValidationFixtures.EVENTS;
import static dev.runs.application.validation.ValidationFixtures.ORDERS;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.StoresContract;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.validation.ContractPolicy;
import dev.runs.domain.validation.Gate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of policies of contracts promises. */
public abstract class ContractPoliciesContract extends StoresContract {

  @Test
  void givesBackThePolicyThatWasSavedLast() {
    save(ACME.id(), EVENTS, Gate.WARN);
    save(ACME.id(), EVENTS, Gate.FAIL);

    assertThat(policies().find(ACME.id(), EVENTS)).contains(policy(ACME.id(), EVENTS, Gate.FAIL));
    assertThat(policies().find(ACME.id(), ORDERS)).isEmpty();
    assertThat(policies().find(GLOBEX.id(), EVENTS)).isEmpty();
    assertThat(policies().findAll(ACME.id(), List.of(EVENTS, ORDERS)))
        .isEqualTo(Map.of(EVENTS, policy(ACME.id(), EVENTS, Gate.FAIL)));
    assertThat(policies().findAll(GLOBEX.id(), List.of(EVENTS))).isEmpty();
    assertThat(policies().findAll(ACME.id(), List.of())).isEmpty();
  }

  @Test
  void removesAPolicyOnce() {
    save(ACME.id(), EVENTS, Gate.WARN);

    assertThat(remove(GLOBEX.id())).isFalse();
    assertThat(remove(ACME.id())).isTrue();
    assertThat(remove(ACME.id())).isFalse();
    assertThat(policies().find(ACME.id(), EVENTS)).isEmpty();
  }

  @Test
  void listsPoliciesByContract() {
    var longest = new ContractId("z".repeat(255));
    save(ACME.id(), longest, Gate.NONE);
    save(ACME.id(), EVENTS, Gate.WARN);
    save(ACME.id(), ORDERS, Gate.FAIL);
    save(GLOBEX.id(), ORDERS, Gate.FAIL);

    assertThat(policies().page(ACME.id(), Optional.empty(), 2))
        .extracting(ContractPolicy::contract)
        .containsExactly(ORDERS, EVENTS);
    assertThat(policies().page(ACME.id(), Optional.of(EVENTS), 2))
        .containsExactly(policy(ACME.id(), longest, Gate.NONE));
  }

  private void save(OrganizationId organization, ContractId contract, Gate gate) {
    stores().write(() -> policies().save(policy(organization, contract, gate)));
  }

  private boolean remove(OrganizationId organization) {
    return stores().transactions().inTransaction(() -> policies().remove(organization, EVENTS));
  }

  private static ContractPolicy policy(
      OrganizationId organization, ContractId contract, Gate gate) {
    return new ContractPolicy(organization, contract, gate, NOON);
  }

  private ContractPolicies policies() {
    return stores().contractPolicies();
  }
}
