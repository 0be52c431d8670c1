package dev.runs.application.lineage;

import dev.runs.application.Ids;
import dev.runs.application.Stores;
import dev.runs.application.run.EndedRuns;
import dev.runs.application.run.NewRunWriter;
import dev.runs.application.run.Owners;
import dev.runs.application.run.ReportWriter;
import dev.runs.application.run.SuccessReports;
import dev.runs.application.secret.InputCheck;
import dev.runs.application.validation.ValidationWriter;
import java.time.InstantSource;
import java.util.SplittableRandom;

/** The use cases of lineage over some stores. */
public final class LineageWorld {

  private final Stores stores;
  private final InstantSource clock;
  private final LineageHearing hearing;
  private final EarlyLineageHearing earlyHearing;

  public LineageWorld(Stores stores, Ids ids, InstantSource clock) {
    this.stores = stores;
    this.clock = clock;
    this.hearing =
        new LineageHearing(
            stores.lineageRuns(),
            stores.earlyLineage(),
            stores.runs(),
            new NewRunWriter(
                new Owners(stores.organizations(), stores.users(), ids),
                new InputCheck(stores.organizations()),
                stores.projects(),
                stores.runs(),
                stores.queueEntrance(),
                stores.ledger(),
                stores.runEvents(),
                ids,
                clock,
                new SplittableRandom(11)),
            stores.pipelineRuns(),
            stores.metadataMerge(),
            new ValidationWriter(stores.validations(), stores.runEvents(), ids),
            new ReportWriter(
                stores.runs(),
                stores.ledger(),
                stores.runEvents(),
                EndedRuns.UNHEARD,
                new SuccessReports(stores.validations()),
                stores.transactions()),
            new InputCheck(stores.organizations()),
            clock);
    this.earlyHearing =
        new EarlyLineageHearing(
            hearing, stores.lineageRuns(), stores.earlyLineage(), stores.transactions());
  }

  public HearLineage hears() {
    return new HearLineage(hearing, earlyHearing, stores.lineageRuns(), stores.transactions());
  }

  public SweepEarlyLineage sweeps() {
    return new SweepEarlyLineage(earlyHearing, stores.earlyLineage(), clock);
  }
}
