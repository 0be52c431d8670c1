package dev.runs.adapters.rest.run;

import dev.runs.application.Page;
import dev.runs.application.run.ListRuns.Line;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a list of runs, by offset as the cost tracker has it, or by cursor. */
sealed interface RunListJson {

  record ByOffset(List<ListedRunJson> runs, int limit, int offset) implements RunListJson {}

  /**
   * @param nextCursor null on the last page
   */
  record ByCursor(List<ListedRunJson> runs, int limit, @Nullable String nextCursor)
      implements RunListJson {}

  static RunListJson byOffset(List<Line> lines, int limit, int offset) {
    return new ByOffset(lines.stream().map(ListedRunJson::of).toList(), limit, offset);
  }

  static RunListJson byCursor(Page<Line> page, int limit) {
    return new ByCursor(
        page.items().stream().map(ListedRunJson::of).toList(), limit, page.next().orElse(null));
  }
}
