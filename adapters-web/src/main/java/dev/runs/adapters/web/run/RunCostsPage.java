package dev.runs.adapters.web.run;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.cost.ListCosts;
import dev.runs.application.tree.ShowBranches;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What a run costs: by name, by what lies below it, and line by line. */
@ConsolePage
class RunCostsPage {

  private static final int AT_ONCE = 50;

  private final RunHeads heads;
  private final ShowBranches showBranches;
  private final ListCosts listCosts;

  RunCostsPage(RunHeads heads, ShowBranches showBranches, ListCosts listCosts) {
    this.heads = heads;
    this.showBranches = showBranches;
    this.listCosts = listCosts;
  }

  /**
   * @param after the place in the cost lines behind which to go on
   */
  @GetMapping("/console/runs/{id}/costs")
  String show(
      Visit visit,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    var run = Addresses.id(id);
    var head = heads.of(visit, run);
    var address = Addresses.of(run) + "/costs";
    var place = Optional.of(after).filter(text -> !text.isEmpty());
    var lines = listCosts.list(visit.caller(), run, place, AT_ONCE);
    model.addAttribute("head", head);
    model.addAttribute("costs", head.line().row().rollup().costs());
    model.addAttribute("icicle", Icicle.of(showBranches.show(visit.caller(), run)));
    model.addAttribute("lines", lines.items());
    model.addAttribute(
        "next",
        lines
            .next()
            .map(next -> address + "?after=" + URLEncoder.encode(next, StandardCharsets.UTF_8))
            .orElse(null));
    model.addAttribute("first", after.isEmpty() ? null : address);
    return "run/costs";
  }
}
