package dev.runs.adapters.rest.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.RestTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from validations of a contract. */
class ContractsControllerTest extends RestTest {

  private static final String CONTRACTS = "/api/v1/contracts";

  @ParameterizedTest
  @ValueSource(strings = {"none", "warn", "fail"})
  void isSaidForAContract(String gate) {
    var own = client.within(world.organization());
    var path = CONTRACTS + "/a%2Fb%20c:d/policy";

    var put = own.put(path, "{'gate':'%s'}", gate).is(200);

    assertThat(put.textAt("/contract_id")).isEqualTo("a/b c:d");
    assertThat(put.textAt("/gate")).isEqualTo(gate);
    assertThat(put.textAt("/updated_at")).endsWith("Z");
    assertThat(own.get(path).is(200).text()).isEqualTo(put.text());
    own.delete(path).is(204);
    for (var gone : List.of(own.get(path), own.delete(path))) {
      assertThat(gone.is(404).textAt("/detail/reason")).isEqualTo("contract.policy_not_set");
      assertThat(gone.textAt("/detail/code")).isEqualTo("NOT_FOUND");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'gate':null}", "{'gate':'FAIL'}", "{'gate':1}"})
  void isOneOfThreeThings(String body) {
    var refused = client.put(CONTRACTS + "/c/policy", body).is(422);

    assertThat(refused.at("/detail")).hasSize(1);
    assertThat(refused.textAt("/detail/0/loc/1")).isEqualTo("gate");
  }

  @Test
  void isSaidOfContractsOfUpTo255Characters() {
    var own = client.within(world.organization());

    own.put(CONTRACTS + "/" + "x".repeat(255) + "/policy", "{'gate':'warn'}").is(200);
    var refused = own.get(CONTRACTS + "/" + "x".repeat(256) + "/policy").is(422);
    assertThat(refused.at("/detail/0/loc").toString()).isEqualTo("[\"path\",\"contract_id\"]");
  }

  @Test
  void isListedByContractInPages() {
    var own = client.within(world.organization());
    for (var contract : List.of("b", "c", "a")) {
      own.put(CONTRACTS + "/" + contract + "/policy", "{'gate':'warn'}").is(200);
    }

    var first = own.get(CONTRACTS + "?limit=2").is(200);
    var second = own.get(CONTRACTS + "?limit=2&cursor=" + first.textAt("/next_cursor")).is(200);

    assertThat(first.at("/items"))
        .extracting(policy -> policy.at("/contract_id").asString())
        .containsExactly("a", "b");
    assertThat(second.at("/items"))
        .extracting(policy -> policy.at("/contract_id").asString())
        .containsExactly("c");
    assertThat(second.at("/next_cursor").isNull()).isTrue();
    for (var query : List.of("limit=0", "limit=101", "cursor=x")) {
      var refused = own.get(CONTRACTS + "?" + query).is(422);
      assertThat(refused.textAt("/detail/0/loc/1")).isEqualTo(query.replaceFirst("=.*", ""));
    }
  }

  @Test
  void isNotForKeysThatAreBoundToProjectsToSay() {
    var organization = world.organization();
    client.within(organization).post("/v1/projects", "{'slug':'p'}").is(201);
    var bound = world.holder(organization, "'org:admin','runs:read'", ",'projectIds':['p']");

    var refused = bound.put(CONTRACTS + "/c/policy", "{'gate':'fail'}").is(403);

    assertThat(refused.textAt("/detail/code")).isEqualTo("NOT_AUTHORIZED");
    assertThat(refused.textAt("/detail/reason")).isEqualTo("access.bound_to_projects");
  }
}
