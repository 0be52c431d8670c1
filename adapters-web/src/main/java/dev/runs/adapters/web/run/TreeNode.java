package dev.runs.adapters.web.run;

import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run in a tree.
 *
 * @param isOpen whether the runs right below it are shown
 * @param address of the page on which it is open, or closed again
 * @param branch where it comes from alone, open or closed again
 * @param more what comes behind the runs below that are shown; null when these are all
 */
public record TreeNode(
    Line line,
    boolean isOpen,
    String address,
    String branch,
    List<TreeNode> below,
    @Nullable More more) {

  /**
   * What is said of the run itself.
   *
   * @param bars when it waited and when it was executed
   */
  public record Line(Run run, Rollup rollup, List<Timeline.Bar> bars) {

    public Line {
      bars = List.copyOf(bars);
    }
  }

  /**
   * Further runs below the same one.
   *
   * @param address of a page that shows them
   * @param branch where they come from alone
   */
  public record More(String address, String branch) {}

  public TreeNode {
    below = List.copyOf(below);
  }

  public Run run() {
    return line.run();
  }

  public boolean hasBelow() {
    return line.rollup().descendantCount() > 0;
  }
}
