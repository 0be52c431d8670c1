package dev.runs.adapters.persistence.run;

import static dev.runs.adapters.persistence.generated.Tables.RUN_END;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.RunEndRecord;
import dev.runs.application.run.EndReasons;
import dev.runs.domain.access.Principal;
import dev.runs.domain.run.RunId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;

/** Keeps why runs were canceled in the table {@code run_end}. */
public final class JooqEndReasons implements EndReasons {

  private final Database database;

  public JooqEndReasons(Database database) {
    this.database = database;
  }

  @Override
  public void addAll(Collection<RunId> runs, String text, Principal by) {
    if (runs.isEmpty()) {
      return;
    }
    var rows = new ArrayList<RunEndRecord>();
    for (var run : runs.stream().sorted().toList()) {
      var row = new RunEndRecord();
      row.setRunId(run.value());
      row.setReason(text);
      row.setActor(by.value());
      rows.add(row);
    }
    database
        .db()
        .insertInto(RUN_END)
        .columns(RUN_END.fields())
        .valuesOfRecords(rows)
        .onConflict(RUN_END.RUN_ID)
        .doNothing()
        .execute();
  }

  @Override
  public Map<RunId, EndReason> findAll(Collection<RunId> runs) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    return database
        .db()
        .selectFrom(RUN_END)
        .where(RUN_END.RUN_ID.in(runs.stream().map(RunId::value).toList()))
        .fetchMap(
            row -> new RunId(row.getRunId()),
            row -> new EndReason(row.getReason(), new Principal(row.getActor())));
  }
}
