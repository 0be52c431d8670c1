package dev.runs.application.validation;

import static dev.runs.application.validation.ValidationFixtures.EVENTS;
import static dev.runs.application.validation.ValidationFixtures.ORDERS;
import static dev.runs.application.validation.ValidationFixtures.at;
import static dev.runs.application.validation.ValidationFixtures.error;
import static dev.runs.application.validation.ValidationFixtures.validation;
import static dev.runs.application.validation.ValidationFixtures.with;
import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.RequestRejected;
import dev.runs.application.UseCaseTest;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.validation.Gate;
import dev.runs.domain.validation.RowCounts;
import dev.runs.domain.validation.Validation;
import dev.runs.domain.validation.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Contracts as people see them. */
final class ShowContractTest extends UseCaseTest {

  private final ListContracts listContracts =
      new ListContracts(world.contracts(), world.contractPolicies(), world.transactions(), clock);
  private final ShowContract showContract =
      new ShowContract(
          world.contracts(),
          world.contractPolicies(),
          world.validations(),
          world.transactions(),
          clock);
  private final EditContractPolicies edit =
      new EditContractPolicies(world.contractPolicies(), world.transactions(), auditor(), clock);

  @Test
  void showsHowContractsStand() {
    record(
        at(NOON, 10, Verdict.PASSED),
        at(NOON.minus(6, ChronoUnit.DAYS), 11, Verdict.WARNING),
        at(NOON.minus(7, ChronoUnit.DAYS), 12, Verdict.FAILED),
        at(NOON.minus(29, ChronoUnit.DAYS), 13, Verdict.SKIPPED),
        at(NOON.minus(30, ChronoUnit.DAYS), 14, Verdict.FAILED));
    edit.put(OF_ACME, ORDERS, Gate.WARN);

    var page = listContracts.list(OF_ACME, Optional.empty(), 10);

    assertThat(page.items()).extracting(ContractState::contract).containsExactly(ORDERS, EVENTS);
    var orders = page.items().getFirst();
    assertThat(orders.gate()).isEqualTo(Gate.WARN);
    assertThat(orders.lastValidation()).isEmpty();
    assertThat(orders.month().passRate()).isEmpty();
    assertThat(orders.isUnknown()).isFalse();
    var events = page.items().getLast();
    assertThat(events.gate()).isEqualTo(Gate.NONE);
    assertThat(events.week()).isEqualTo(new VerdictCounts(1, 0, 1, 0));
    assertThat(events.month()).isEqualTo(new VerdictCounts(1, 1, 1, 1));
    assertThat(events.month().passRate()).contains(new BigDecimal("0.750000"));
    assertThat(events.lastValidation().orElseThrow().verdict()).isEqualTo(Verdict.PASSED);
    assertThat(listContracts.list(OF_GLOBEX, Optional.empty(), 10).items()).isEmpty();
  }

  @Test
  void showsContractsPageByPage() {
    record(validation(10, EVENTS, Verdict.PASSED), validation(11, ORDERS, Verdict.PASSED));

    var first = listContracts.list(OF_ACME, Optional.empty(), 1);
    var second = listContracts.list(OF_ACME, first.next(), 1);

    assertThat(first.items()).extracting(ContractState::contract).containsExactly(ORDERS);
    assertThat(second.items()).extracting(ContractState::contract).containsExactly(EVENTS);
    assertThat(second.next()).isEmpty();
    assertThatExceptionOfType(RequestRejected.BadCursor.class)
        .isThrownBy(() -> listContracts.list(OF_ACME, Optional.of("%"), 1));
  }

  @Test
  void showsOneContractAndItsPast() {
    var failed =
        with(
            at(NOON, 10, Verdict.FAILED),
            List.of(error("NULL_VALUE", 3)),
            new RowCounts(10, Optional.empty(), Optional.empty(), 3),
            Optional.of(Duration.ofMillis(7)));
    record(failed, at(NOON.minus(2, ChronoUnit.DAYS), 11, Verdict.PASSED));

    var view = showContract.show(OF_ACME, EVENTS, 3);

    var today = NOON.truncatedTo(ChronoUnit.DAYS);
    assertThat(view.from()).isEqualTo(today.minus(2, ChronoUnit.DAYS));
    assertThat(view.past()).containsOnlyKeys(view.from(), today);
    assertThat(view.whole()).isEqualTo(new VerdictCounts(1, 1, 0, 0));
    assertThat(view.validations()).hasSize(2).first().isEqualTo(failed);
    assertThat(view.commonErrors()).extracting(CommonError::code).containsExactly("NULL_VALUE");
    assertThat(showContract.show(OF_ACME, EVENTS, 2).whole().total()).isEqualTo(1);
  }

  @Test
  void showsThatNothingIsKnownOfAContract() {
    var view = showContract.show(OF_ACME, new ContractId("unheard of"), 30);

    assertThat(view.state().isUnknown()).isTrue();
    assertThat(view.past()).isEmpty();
  }

  private void record(Validation... validations) {
    world.write(() ->
        Arrays.asList(validations).forEach(one -> world.validations().add(one, Optional.empty())));
  }
}
