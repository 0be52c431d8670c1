package dev.runs.bootstrap;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.lineage.JooqEarlyLineage;
import dev.runs.adapters.persistence.lineage.JooqLineageRuns;
import dev.runs.adapters.persistence.lineage.JsonMetadata;
import dev.runs.adapters.persistence.pipeline.JooqPipelineRuns;
import dev.runs.application.Ids;
import dev.runs.application.event.RunEvents;
import dev.runs.application.lineage.EarlyLineageHearing;
import dev.runs.application.lineage.HearLineage;
import dev.runs.application.lineage.LineageHearing;
import dev.runs.application.lineage.SweepEarlyLineage;
import dev.runs.application.run.NewRunWriter;
import dev.runs.application.run.ReportWriter;
import dev.runs.application.run.Runs;
import dev.runs.application.secret.InputCheck;
import dev.runs.application.validation.ValidationWriter;
import dev.runs.application.validation.Validations;
import java.time.InstantSource;

/** What schedulers and engines tell of their runs. */
record Lineage(HearLineage hearLineage, SweepEarlyLineage sweepEarlyLineage) {

  static Lineage over(
      Database database,
      Runs runs,
      Validations validations,
      NewRunWriter newRuns,
      ReportWriter reports,
      InputCheck inputCheck,
      RunEvents events,
      Ids ids,
      InstantSource clock) {
    var lineageRuns = new JooqLineageRuns(database);
    var early = new JooqEarlyLineage(database);
    var hearing =
        new LineageHearing(
            lineageRuns,
            early,
            runs,
            newRuns,
            new JooqPipelineRuns(database),
            new JsonMetadata(),
            new ValidationWriter(validations, events, ids),
            reports,
            inputCheck,
            clock);
    var earlyHearing = new EarlyLineageHearing(hearing, lineageRuns, early, database);
    return new Lineage(
        new HearLineage(hearing, earlyHearing, lineageRuns, database),
        new SweepEarlyLineage(earlyHearing, early, clock));
  }
}
