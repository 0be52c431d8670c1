package dev.runs.adapters.web.run;

import dev.runs.application.Caller;
import dev.runs.application.run.ListRuns;
import dev.runs.domain.run.Run;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Makes the rows of lists. */
@Component
class RunLines {

  private final ListRuns listRuns;

  RunLines(ListRuns listRuns) {
    this.listRuns = listRuns;
  }

  List<RunLine> of(Caller caller, List<ListRuns.Row> rows) {
    var users =
        rows.stream().map(ListRuns.Row::run).map(Run::user).filter(Objects::nonNull).distinct();
    var names = listRuns.userNames(caller, users.toList());
    return rows.stream()
        .map(row -> {
          var user = row.run().user();
          var name = user == null ? null : names.get(user);
          return new RunLine(row, name == null ? null : name.value());
        })
        .toList();
  }
}
