package dev.runs.adapters.web.run;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.action.ActionDetails;
import dev.runs.application.action.ActionView;
import dev.runs.application.run.RunJobs;
import dev.runs.application.tree.ShowRun;
import dev.runs.domain.action.Document;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.rollup.CostTotal;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunState;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What a run was given and gave back, what else is known of it, and all of it as JSON. */
@ConsolePage
class RunDataPage {

  private final RunHeads heads;
  private final ShowRun showRun;

  RunDataPage(RunHeads heads, ShowRun showRun) {
    this.heads = heads;
    this.showRun = showRun;
  }

  @GetMapping("/console/runs/{id}/data")
  String data(Visit visit, @PathVariable String id, Model model) {
    var run = Addresses.id(id);
    var details = heads.details(visit, run);
    var head = heads.of(visit, run);
    var payloads = showRun.show(visit.caller(), run).payloads();
    var output =
        payloads
            .flatMap(RunJobs.Payloads::output)
            .map(Payload::json)
            .or(() -> lastOutputs(details));
    model.addAttribute("head", head);
    model.addAttribute(
        "input", payloads.map(RunJobs.Payloads::input).map(Payload::json).map(JsonText::indented));
    model.addAttribute("output", output.map(JsonText::indented));
    model.addAttribute("metadata", metadata(head.run(), details.map(ActionDetails::action)));
    return "run/data";
  }

  @GetMapping("/console/runs/{id}/json")
  String json(Visit visit, @PathVariable String id, Model model) {
    var head = heads.of(visit, Addresses.id(id));
    model.addAttribute("head", head);
    model.addAttribute("json", JsonText.of(document(head)));
    return "run/json";
  }

  private static Optional<String> lastOutputs(Optional<ActionDetails> details) {
    return details
        .filter(its -> !its.attempts().isEmpty())
        .flatMap(its -> its.attempts().getLast().outputs())
        .map(Document::json);
  }

  /** By what it is called. */
  private static Map<String, String> metadata(Run run, Optional<ActionView> action) {
    var metadata = new LinkedHashMap<String, String>();
    put(metadata, "App", run.labels().app());
    put(metadata, "Brand", run.labels().brand());
    put(metadata, "Campaign", run.labels().campaign());
    action.ifPresent(view -> {
      new TreeMap<>(view.labels()).forEach((key, value) -> metadata.put("Label " + key, value));
      var facts = view.facts();
      put(metadata, "Group", facts.group());
      put(metadata, "Source", facts.source());
      put(metadata, "Input URI", facts.inputUri());
      put(metadata, "Started by", indented(facts.executedBy()));
      put(metadata, "Specification", indented(facts.spec()));
      put(metadata, "Run specification", indented(facts.runSpec()));
      put(metadata, "Related to", indented(facts.relation()));
      put(metadata, "Recovered from", indented(facts.recoveredFrom()));
    });
    return metadata;
  }

  private static void put(Map<String, String> metadata, String name, @Nullable String value) {
    if (value != null) {
      metadata.put(name, value);
    }
  }

  private static @Nullable String indented(@Nullable Document document) {
    return document == null ? null : JsonText.indented(document.json());
  }

  private static Map<String, @Nullable Object> document(RunHead head) {
    var run = head.run();
    var rollup = head.line().row().rollup();
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("id", run.id());
    document.put("name", run.name());
    document.put("parentRunId", run.parent());
    document.put("rootRunId", run.path().root());
    document.put("depth", run.path().depth());
    document.put("organizationId", run.organization());
    document.put("project", run.space().project());
    document.put("domain", run.space().domain());
    document.put("serviceName", run.origin().service());
    document.put("taskName", run.origin().task());
    document.put("appId", run.labels().app());
    document.put("brandId", run.labels().brand());
    document.put("campaignId", run.labels().campaign());
    document.put("userId", run.user());
    document.put("dispatch", run.dispatch().name().toLowerCase(Locale.ROOT));
    document.put("state", run.stateName().wireName());
    document.put("failure", failure(run));
    document.put("attempt", run.attempt());
    document.put("createdAt", run.createdAt());
    document.put("startedAt", run.startedAt());
    document.put("endedAt", run.endedAt());
    document.put("updatedAt", run.updatedAt());
    document.put("version", run.version());
    document.put("costs", rollup.costs().stream().map(RunDataPage::cost).toList());
    document.put("ownCostInUsdCents", rollup.ownCost());
    document.put("totalCostInUsdCents", rollup.totalCost());
    var descendants = new LinkedHashMap<String, Long>();
    rollup.descendants().forEach((state, count) -> descendants.put(state.wireName(), count));
    document.put("descendants", descendants);
    return document;
  }

  private static @Nullable Object failure(Run run) {
    if (!(run.state() instanceof RunState.Failed(_, var failure))) {
      return null;
    }
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("kind", failure.kind().name().toLowerCase(Locale.ROOT));
    document.put("message", failure.message());
    return document;
  }

  private static Map<String, Object> cost(CostTotal total) {
    var document = new LinkedHashMap<String, Object>();
    document.put("name", total.name());
    document.put("ownQuantity", total.ownQuantity().toPlainString());
    document.put("ownInUsdCents", total.own());
    document.put("totalQuantity", total.totalQuantity().toPlainString());
    document.put("totalInUsdCents", total.total());
    return document;
  }
}
