package dev.runs.adapters.web.pipeline;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Said;
import dev.runs.adapters.web.frame.ServerAddress;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.pipeline.ListPipelineRuns;
import dev.runs.application.pipeline.PipelineFilter;
import dev.runs.application.validation.EditContractPolicies;
import dev.runs.application.validation.ListContracts;
import dev.runs.application.validation.ShowContract;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.validation.Gate;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The contracts, and one contract with its past. */
@ConsolePage
class PipelinesPage {

  private static final String CONTRACTS = "/console/pipelines";
  private static final int CONTRACTS_OF_A_PAGE = 50;
  private static final int MOST_RUNS = 20;
  private static final int USUAL_DAYS = 30;

  /** Over how many days the past can be looked at. */
  private static final List<Integer> DAYS = List.of(7, USUAL_DAYS, 90, ShowContract.MOST_DAYS);

  private final ListContracts listContracts;
  private final ShowContract showContract;
  private final ListPipelineRuns listPipelineRuns;
  private final EditContractPolicies editContractPolicies;
  private final ServerAddress serverAddress;
  private final Said said;

  PipelinesPage(
      ListContracts listContracts,
      ShowContract showContract,
      ListPipelineRuns listPipelineRuns,
      EditContractPolicies editContractPolicies,
      ServerAddress serverAddress,
      Said said) {
    this.listContracts = listContracts;
    this.showContract = showContract;
    this.listPipelineRuns = listPipelineRuns;
    this.editContractPolicies = editContractPolicies;
    this.serverAddress = serverAddress;
    this.said = said;
  }

  @GetMapping(CONTRACTS)
  String contracts(
      Visit visit, @RequestParam Optional<String> after, HttpServletRequest request, Model model) {
    var cursor = after.filter(text -> !text.isEmpty());
    var page = listContracts.list(visit.caller(), cursor, CONTRACTS_OF_A_PAGE);
    model.addAttribute("contracts", page.items());
    model.addAttribute("after", cursor.orElse(null));
    model.addAttribute("next", page.next().orElse(null));
    model.addAttribute("lines", howToReport(serverAddress.of(request)));
    return "pipeline/contracts";
  }

  /**
   * @param id may be empty, as the name of a contract may be
   * @param days one of those that are offered; any other number means the usual one
   */
  @GetMapping(CONTRACTS + "/contract")
  String contract(
      Visit visit,
      @RequestParam String id,
      @RequestParam(defaultValue = "" + USUAL_DAYS) String days,
      HttpServletRequest request,
      Model model) {
    var contract = new ContractId(id);
    var looked =
        DAYS.stream().filter(one -> days.equals(one.toString())).findFirst().orElse(USUAL_DAYS);
    var view = showContract.show(visit.caller(), contract, looked);
    model.addAttribute("visit", visit);
    model.addAttribute("view", view);
    model.addAttribute("state", view.state());
    model.addAttribute("past", ContractPast.of(view));
    model.addAttribute("runs", listPipelineRuns.list(visit.caller(), only(contract), MOST_RUNS, 0));
    model.addAttribute("gates", Gate.values());
    model.addAttribute("choices", DAYS);
    model.addAttribute("lines", howToReport(serverAddress.of(request)));
    return "pipeline/contract";
  }

  @PostMapping(CONTRACTS + "/gate")
  String gate(
      Visit visit,
      @RequestParam String id,
      @RequestParam Gate gate,
      HttpServletRequest request,
      HttpServletResponse response) {
    editContractPolicies.put(visit.caller(), new ContractId(id), gate);
    return said.redirect(
        request,
        response,
        CONTRACTS + "/contract?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8),
        switch (gate) {
          case NONE -> "From now on a run may succeed whatever its validations found.";
          case WARN -> "From now on a success tells of validations that failed.";
          case FAIL -> "From now on a run fails whose data failed a validation.";
        });
  }

  private static List<String> howToReport(String server) {
    var call =
        "curl -H \"X-API-Key: $RUNS_KEY\" -H 'Content-Type: application/json' "
            + server
            + "/api/v1";
    return List.of(
        call
            + "/runs -d '{\"contract_id\": \"user-events\", \"pipeline_name\": \"daily-etl\","
            + " \"status\": \"running\"}'",
        call
            + "/validations -d '{\"contract_id\": \"user-events\", \"passed\": true,"
            + " \"row_count\": 1000}'");
  }

  private static PipelineFilter only(ContractId contract) {
    return new PipelineFilter(
        Optional.of(contract.value()),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
