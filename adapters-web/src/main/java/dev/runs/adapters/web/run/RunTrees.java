package dev.runs.adapters.web.run;

import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.action.AttemptView;
import dev.runs.application.action.ShowActions;
import dev.runs.application.run.ListRuns;
import dev.runs.application.tree.ShowRun;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Grows the tree of a page: the runs right below one run, and below those that are open. */
@Component
class RunTrees {

  /** How many runs are shown below one at a time. */
  static final int AT_ONCE = 50;

  /** How many runs can be open on one page. */
  static final int MOST_OPEN = 20;

  private final ShowRun showRun;
  private final ListRuns listRuns;
  private final ShowActions showActions;
  private final InstantSource clock;

  RunTrees(ShowRun showRun, ListRuns listRuns, ShowActions showActions, InstantSource clock) {
    this.showRun = showRun;
    this.listRuns = listRuns;
    this.showActions = showActions;
    this.clock = clock;
  }

  /** Grows the tree below the run of a page. */
  private final class Growth {

    private final Visit visit;
    private final Run top;
    private final Set<RunId> open;
    private final Timeline timeline;

    Growth(Visit visit, Run top, Collection<RunId> open) {
      this.visit = visit;
      this.top = top;
      this.open = open.stream().limit(MOST_OPEN).collect(Collectors.toSet());
      this.timeline = Timeline.of(top, clock.instant());
    }

    TreeNode below(Run run, Optional<String> after) {
      var view = showRun.tree(visit.caller(), run.id(), after, 1, AT_ONCE);
      var attempts = attempts(visit, view.nodes().items().stream().map(ShowRun.Node::run).toList());
      var below = view.nodes().items().stream().map(node -> node(node, attempts)).toList();
      var more =
          view.nodes()
              .next()
              .map(next ->
                  new TreeNode.More(
                      Addresses.of(run.id()) + "?after=" + encoded(next),
                      branch(run, true) + "&after=" + encoded(next)));
      return new TreeNode(
          line(view.root(), attempts(visit, List.of(view.root().run()))),
          true,
          address(view.root().run(), false),
          branch(view.root().run(), false),
          below,
          more.orElse(null));
    }

    private TreeNode node(ShowRun.Node node, Map<RunId, List<AttemptView>> attempts) {
      return open.contains(node.run().id())
          ? below(node.run(), Optional.empty())
          : closed(line(node, attempts));
    }

    TreeNode closed(TreeNode.Line line) {
      return new TreeNode(
          line, false, address(line.run(), true), branch(line.run(), true), List.of(), null);
    }

    private TreeNode.Line line(ShowRun.Node node, Map<RunId, List<AttemptView>> attempts) {
      var run = node.run();
      return new TreeNode.Line(
          run, node.rollup(), timeline.bars(run, attempts.getOrDefault(run.id(), List.of())));
    }

    List<TreeNode.Line> lines(List<ListRuns.Row> rows) {
      var attempts = attempts(visit, rows.stream().map(ListRuns.Row::run).toList());
      return rows.stream()
          .map(row -> line(new ShowRun.Node(row.run(), row.facts(), row.rollup()), attempts))
          .toList();
    }

    /** The page on which the way to a run is open, and the run too, or not. */
    private String address(Run run, boolean isOpen) {
      var shown = new LinkedHashSet<>(open);
      shown.addAll(run.path().ids().subList(top.path().depth(), run.path().depth()));
      if (!isOpen) {
        shown.remove(run.id());
      }
      return shown.stream()
              .map(id -> "open=" + id)
              .collect(Collectors.joining("&", Addresses.of(top.id()) + "?", ""))
          + "#node-"
          + run.id();
    }

    private String branch(Run run, boolean isOpen) {
      return Addresses.of(top.id()) + "/branch?node=" + run.id() + "&open=" + isOpen;
    }
  }

  /**
   * The run of a page and what stands right below it.
   *
   * @param open which runs below are open too
   * @param after the place in the runs right below behind which to go on
   */
  TreeNode tree(Visit visit, Run top, List<RunId> open, Optional<String> after) {
    return new Growth(visit, top, open).below(top, after);
  }

  /** One run of the tree of a page with what stands right below it, a page of it. */
  TreeNode branch(Visit visit, Run top, Run node, Optional<String> after) {
    return new Growth(visit, top, List.of()).below(node, after);
  }

  /** One run of the tree of a page, closed. */
  TreeNode closed(Visit visit, Run top, ListRuns.Row node) {
    var growth = new Growth(visit, top, List.of());
    return growth.closed(growth.lines(List.of(node)).getFirst());
  }

  /** Some runs of the tree of a page, as they are now; others are left out. */
  List<TreeNode.Line> lines(Visit visit, Run top, List<RunId> shown) {
    var rows =
        listRuns.rows(visit.caller(), shown).stream()
            .filter(row -> row.run().path().isWithin(top.path()))
            .toList();
    return new Growth(visit, top, List.of()).lines(rows);
  }

  /** Of those that had more than one. */
  private Map<RunId, List<AttemptView>> attempts(Visit visit, List<Run> runs) {
    var again = runs.stream().filter(run -> run.attempt() > 1).map(Run::id).toList();
    var attempts = new HashMap<RunId, List<AttemptView>>();
    showActions
        .detailsOf(visit.caller().reach(), again)
        .forEach((id, details) -> attempts.put(id, details.attempts()));
    return attempts;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
