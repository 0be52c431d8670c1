package dev.runs.application.tree;

import dev.runs.application.Caller;
import dev.runs.application.Cursor;
import dev.runs.application.Page;
import dev.runs.application.RequestRejected;
import dev.runs.application.Transactions;
import dev.runs.application.action.NewActions;
import dev.runs.application.cost.CostLines;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.run.DescribeRuns;
import dev.runs.application.run.RunFacts;
import dev.runs.application.run.RunJobs;
import dev.runs.application.run.RunTree;
import dev.runs.application.run.Runs;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.Money;
import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Shows one run with what it costs, and the runs below it, all as of one moment. */
public final class ShowRun {

  /** How many of its own cost lines a run is shown with at most. */
  public static final int MOST_LINES = 1_000;

  /** How many runs below are shown beside a run at most. */
  public static final int MOST_DESCENDANTS = 100;

  /** How many cost lines each run below is shown with at most. */
  public static final int MOST_LINES_BELOW = 100;

  /** How many runs a page of a tree has at most. */
  public static final int LARGEST_TREE_PAGE = 200;

  private final Runs runs;
  private final RunTree tree;
  private final RunJobs jobs;
  private final DescribeRuns describeRuns;
  private final CostLines lines;
  private final Ledger ledger;
  private final Transactions transactions;

  public ShowRun(
      Runs runs,
      RunTree tree,
      RunJobs jobs,
      DescribeRuns describeRuns,
      CostLines lines,
      Ledger ledger,
      Transactions transactions) {
    this.runs = runs;
    this.tree = tree;
    this.jobs = jobs;
    this.describeRuns = describeRuns;
    this.lines = lines;
    this.ledger = ledger;
    this.transactions = transactions;
  }

  /**
   * @param payloads what a queued run, or one of an executor, was given and gave back
   * @param lines the run's own, the first of them
   * @param descendants the first of the runs below, level by level
   */
  public record RunView(
      Run run,
      RunFacts facts,
      Optional<RunJobs.Payloads> payloads,
      Rollup rollup,
      Page<CostLine> lines,
      Page<Descendant> descendants) {}

  /**
   * A run below, with its own lines.
   *
   * @param ownCost of all its lines, also those that are not shown
   * @param hasMoreLines whether it has lines that are not shown
   */
  public record Descendant(
      Run run, RunFacts facts, List<CostLine> lines, Money ownCost, boolean hasMoreLines) {}

  /** A run of a tree with the sums of everything below it. */
  public record Node(Run run, RunFacts facts, Rollup rollup) {}

  /**
   * @param nodes the runs below, level by level
   */
  public record TreeView(Node root, Page<Node> nodes) {}

  /**
   * @throws RunRejected.NotFound when the run is beyond the caller's reach
   */
  public RunView show(Caller caller, RunId id) {
    return transactions.inSnapshot(() -> {
      var run = runs.get(caller.reach(), id);
      var own = lines.of(id, Optional.empty(), MOST_LINES + 1);
      var facts = describeRuns.of(run);
      return new RunView(
          run,
          facts,
          payloads(run, facts),
          ledger.of(run.path()),
          Page.cut(own, MOST_LINES, line -> Cursor.of(line.id().toString())),
          descendants(run));
    });
  }

  /**
   * A page of the runs below a run.
   *
   * @param levels how deep to look, 1 for the children alone
   * @param limit 1 to {@value #LARGEST_TREE_PAGE}
   * @throws RunRejected.NotFound when the run is beyond the caller's reach
   * @throws RequestRejected.BadCursor when the cursor is not of this tree
   */
  public TreeView tree(Caller caller, RunId id, Optional<String> cursor, int levels, int limit) {
    return transactions.inSnapshot(() -> {
      var run = runs.get(caller.reach(), id);
      var after = cursor.map(text -> place(text, run.path()));
      var below =
          Page.cut(tree.below(run.path(), after, levels, limit + 1), limit, ShowRun::placeOf);
      var rollups = ledger.ofAll(below.items().stream().map(Run::path).toList());
      var facts = describeRuns.of(below.items());
      return new TreeView(
          new Node(run, describeRuns.of(run), ledger.of(run.path())),
          below.map(node ->
              new Node(node, factsOf(node, facts), rollups.getOrDefault(node.id(), Rollup.EMPTY))));
    });
  }

  /** Of queued runs and of those that executors drive; no other run was given anything. */
  private Optional<RunJobs.Payloads> payloads(Run run, RunFacts facts) {
    var mayHaveSome = facts.job().isPresent() || run.origin().service().equals(NewActions.SERVICE);
    return mayHaveSome
        ? Optional.ofNullable(jobs.payloads(List.of(run.id())).get(run.id()))
        : Optional.empty();
  }

  private Page<Descendant> descendants(Run run) {
    var below =
        Page.cut(
            tree.below(run.path(), Optional.empty(), RunPath.DEEPEST, MOST_DESCENDANTS + 1),
            MOST_DESCENDANTS,
            ShowRun::placeOf);
    if (below.items().isEmpty()) {
      return new Page<>(List.of(), Optional.empty());
    }
    var linesBelow =
        lines.firstOf(below.items().stream().map(Run::id).toList(), MOST_LINES_BELOW + 1);
    var costs = ledger.ownCosts(below.items().stream().map(Run::path).toList());
    var facts = describeRuns.of(below.items());
    return below.map(node -> descendant(node, factsOf(node, facts), linesBelow, costs));
  }

  private static Descendant descendant(
      Run run, RunFacts facts, Map<RunId, List<CostLine>> lines, Map<RunId, Money> costs) {
    var own = lines.getOrDefault(run.id(), List.of());
    return new Descendant(
        run,
        facts,
        own.stream().limit(MOST_LINES_BELOW).toList(),
        costs.getOrDefault(run.id(), Money.ZERO),
        own.size() > MOST_LINES_BELOW);
  }

  private static RunFacts factsOf(Run run, Map<RunId, RunFacts> facts) {
    return Objects.requireNonNull(facts.get(run.id()), "each run has facts");
  }

  private static String placeOf(Run run) {
    return Cursor.of(run.path().toBytes());
  }

  private static RunPath place(String cursor, RunPath subtree) {
    var bytes = Cursor.bytes(cursor);
    if (bytes.length == 0 || bytes.length % 16 != 0 || bytes.length > RunPath.DEEPEST * 16) {
      throw new RequestRejected.BadCursor();
    }
    var place = RunPath.ofBytes(bytes);
    if (place.depth() <= subtree.depth() || !place.isWithin(subtree)) {
      throw new RequestRejected.BadCursor();
    }
    return place;
  }
}
