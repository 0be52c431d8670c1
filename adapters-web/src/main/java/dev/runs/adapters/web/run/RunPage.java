package dev.runs.adapters.web.run;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.run.ListRuns;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.util.List;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** One run with the tree below it, and the parts of it that change while somebody looks. */
@ConsolePage
class RunPage {

  private final ListRuns listRuns;
  private final RunHeads heads;
  private final RunTrees trees;

  RunPage(ListRuns listRuns, RunHeads heads, RunTrees trees) {
    this.listRuns = listRuns;
    this.heads = heads;
    this.trees = trees;
  }

  /**
   * @param open runs below that are open
   * @param after the place in the runs right below behind which to go on
   */
  @GetMapping("/console/runs/{id}")
  String show(
      Visit visit,
      @PathVariable String id,
      @RequestParam(defaultValue = "") List<String> open,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    var head = heads.of(visit, Addresses.id(id));
    model.addAttribute("head", head);
    model.addAttribute("isFirst", after.isEmpty());
    model.addAttribute("tree", trees.tree(visit, head.run(), Addresses.ids(open), place(after)));
    return "run/tree";
  }

  /**
   * A part of the tree.
   *
   * @param node the run that is opened or closed
   * @param after the place behind which to go on; then only what comes there
   */
  @GetMapping("/console/runs/{id}/branch")
  String branch(
      Visit visit,
      @PathVariable String id,
      @RequestParam String node,
      @RequestParam(defaultValue = "false") boolean open,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    var top = row(visit, Addresses.id(id)).run();
    var shown = row(visit, Addresses.id(node));
    if (!shown.run().path().isWithin(top.path())) {
      throw new RunRejected.NotFound();
    }
    model.addAttribute(
        "node",
        open
            ? trees.branch(visit, top, shown.run(), place(after))
            : trees.closed(visit, top, shown));
    return after.isEmpty() ? "run/branch" : "run/more";
  }

  /**
   * What stands at the top, and some runs of the tree, as they are now.
   *
   * @param shown the runs of the tree that somebody sees
   */
  @GetMapping("/console/runs/{id}/live")
  String live(
      Visit visit,
      @PathVariable String id,
      @RequestParam(defaultValue = "") List<String> shown,
      Model model) {
    var head = heads.of(visit, Addresses.id(id));
    model.addAttribute("head", head);
    model.addAttribute("lines", trees.lines(visit, head.run(), Addresses.ids(shown)));
    return "run/live";
  }

  private ListRuns.Row row(Visit visit, RunId id) {
    return listRuns.rows(visit.caller(), List.of(id)).stream()
        .findFirst()
        .orElseThrow(RunRejected.NotFound::new);
  }

  private static Optional<String> place(String after) {
    return Optional.of(after).filter(text -> !text.isEmpty());
  }
}
