package dev.runs.adapters.rest.validation;

import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Body;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.adapters.rest.request.Query;
import dev.runs.application.Caller;
import dev.runs.application.validation.EditContractPolicies;
import dev.runs.application.validation.ShowContractPolicies;
import dev.runs.domain.access.Scope;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.validation.Gate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What an organization wants to follow from validations of its contracts. A slash in a contract may
 * be encoded.
 */
@RestController
@RequestMapping("/api/v1/contracts")
class ContractsController {

  private static final String GATE = "gate";

  @JsonNaming(SnakeCaseStrategy.class)
  private record PageJson(List<ContractPolicyJson> items, int limit, @Nullable String nextCursor) {}

  private final EditContractPolicies editPolicies;
  private final ShowContractPolicies showPolicies;

  ContractsController(EditContractPolicies editPolicies, ShowContractPolicies showPolicies) {
    this.editPolicies = editPolicies;
    this.showPolicies = showPolicies;
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping
  ResponseEntity<byte[]> list(Caller caller, Query query) {
    var limit = query.between1And(ShowContractPolicies.LARGEST_PAGE, "limit");
    var cursor = query.text("cursor");
    query.refuseIfWrong();
    var page = showPolicies.list(caller, cursor, limit).map(ContractPolicyJson::of);
    return Answers.ok(new PageJson(page.items(), limit, page.next().orElse(null)));
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping("/{contract}/policy")
  ResponseEntity<byte[]> show(Caller caller, @PathVariable ContractId contract) {
    return Answers.ok(ContractPolicyJson.of(showPolicies.show(caller, contract)));
  }

  @Needs(Scope.ORG_ADMIN)
  @PutMapping("/{contract}/policy")
  ResponseEntity<byte[]> put(Caller caller, @PathVariable ContractId contract, Body body) {
    var fields = Fields.of(body);
    var word = fields.required(GATE, fields.text(GATE));
    var gate = word.flatMap(Gate::ofWireName);
    if (word.isPresent() && gate.isEmpty()) {
      fields.refuse(GATE, "gate must be one of " + gates());
    }
    fields.faults().refuseIfAny();
    return Answers.ok(
        ContractPolicyJson.of(editPolicies.put(caller, contract, gate.orElseThrow())));
  }

  @Needs(Scope.ORG_ADMIN)
  @DeleteMapping("/{contract}/policy")
  ResponseEntity<byte[]> delete(Caller caller, @PathVariable ContractId contract) {
    editPolicies.remove(caller, contract);
    return Answers.nothing();
  }

  private static String gates() {
    return Arrays.stream(Gate.values()).map(Gate::wireName).collect(Collectors.joining(", "));
  }
}
