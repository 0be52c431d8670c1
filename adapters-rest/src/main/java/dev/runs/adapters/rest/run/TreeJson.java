package dev.runs.adapters.rest.run;

import dev.runs.application.tree.ShowRun.TreeView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a tree.
 *
 * @param run the run that was asked for
 * @param runs the runs below it, level by level
 * @param nextCursor null on the last page
 */
record TreeJson(RunNodeJson run, List<RunNodeJson> runs, int limit, @Nullable String nextCursor) {

  static TreeJson of(TreeView tree, int limit) {
    return new TreeJson(
        RunNodeJson.of(tree.root()),
        tree.nodes().items().stream().map(RunNodeJson::of).toList(),
        limit,
        tree.nodes().next().orElse(null));
  }
}
