package dev.runs.adapters.rest.run;

import dev.runs.adapters.rest.caller.Callers;
import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Query;
import dev.runs.application.Caller;
import dev.runs.application.cost.CostSummaries.Grouping;
import dev.runs.application.cost.SummarizeCosts;
import dev.runs.application.run.RunFilter;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Scope;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What the runs of an organization cost together. */
@RestController
class RunSummaryController {

  private final SummarizeCosts summarizeCosts;
  private final RunQuery runQuery;

  RunSummaryController(SummarizeCosts summarizeCosts, RunQuery runQuery) {
    this.summarizeCosts = summarizeCosts;
    this.runQuery = runQuery;
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping("/v1/runs/summary")
  ResponseEntity<byte[]> summarize(
      Caller caller,
      @RequestHeader(name = Callers.ORGANIZATION, defaultValue = "") String named,
      Query query) {
    var usual = Callers.usualOrganization(caller, named);
    if (usual.isEmpty() && !RunQuery.namesOrganization(query)) {
      RunQuery.requireOrganization(query);
    }
    var organization = RunQuery.namesOrganization(query) ? runQuery.organization(query) : usual;
    var groupBy = query.text("groupBy").orElse("serviceName");
    var filter = runQuery.filter(query, organization);
    return Answers.ok(
        filter
            .map(narrowed -> summary(caller, organization.orElseThrow(), narrowed, groupBy))
            .orElse(SummaryJson.EMPTY));
  }

  /** A word that is unknown groups by service. <em>Source: the cost tracker.</em> */
  private SummaryJson summary(
      Caller caller, OrganizationId organization, RunFilter filter, String groupBy) {
    return switch (groupBy) {
      case "costName" -> SummaryJson.byName(summarizeCosts.byName(caller, organization, filter));
      case "userId" ->
          SummaryJson.byRun(summarizeCosts.byRun(caller, organization, filter, Grouping.USER));
      default ->
          SummaryJson.byRun(summarizeCosts.byRun(caller, organization, filter, Grouping.SERVICE));
    };
  }
}
