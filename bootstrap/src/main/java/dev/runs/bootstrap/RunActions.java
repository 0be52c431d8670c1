package dev.runs.bootstrap;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.action.JooqActionList;
import dev.runs.adapters.persistence.action.JooqActions;
import dev.runs.adapters.persistence.action.JooqAttemptReports;
import dev.runs.adapters.persistence.action.JooqEarlyReports;
import dev.runs.adapters.persistence.action.JooqShownActions;
import dev.runs.adapters.persistence.action.JooqTriggers;
import dev.runs.adapters.persistence.queue.JooqCancellations;
import dev.runs.adapters.persistence.run.JooqEndReasons;
import dev.runs.application.Ids;
import dev.runs.application.access.Projects;
import dev.runs.application.action.EarlyHearing;
import dev.runs.application.action.Hearing;
import dev.runs.application.action.KeepTrigger;
import dev.runs.application.action.ListActions;
import dev.runs.application.action.NewActions;
import dev.runs.application.action.ReportActions;
import dev.runs.application.action.ShowActions;
import dev.runs.application.action.ShowTaskGroups;
import dev.runs.application.action.SignalCondition;
import dev.runs.application.action.StartRun;
import dev.runs.application.action.SweepEarlyReports;
import dev.runs.application.event.RunEvents;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.run.Runs;
import dev.runs.application.run.SuccessReports;
import dev.runs.application.secret.InputCheck;
import java.security.SecureRandom;
import java.time.InstantSource;

/** What executors report of actions, and what is shown of them. */
public record RunActions(
    StartRun startRun,
    ReportActions reportActions,
    SignalCondition signalCondition,
    ShowActions showActions,
    ListActions listActions,
    ShowTaskGroups showTaskGroups,
    KeepTrigger keepTrigger,
    SweepEarlyReports sweepEarlyReports) {

  static RunActions over(
      Database database,
      Runs runs,
      Projects projects,
      SuccessReports successReports,
      InputCheck inputCheck,
      Ledger ledger,
      RunEvents events,
      Ids ids,
      InstantSource clock,
      SecureRandom random) {
    var actions = new JooqActions(database);
    var triggers = new JooqTriggers(database);
    var early = new JooqEarlyReports(database);
    var endReasons = new JooqEndReasons(database);
    var list = new JooqActionList(database);
    var newActions =
        new NewActions(
            runs,
            actions,
            triggers,
            projects,
            inputCheck,
            new JooqCancellations(database),
            ledger,
            events,
            ids,
            clock,
            random);
    var hearing =
        new Hearing(
            newActions,
            runs,
            actions,
            new JooqAttemptReports(database),
            early,
            endReasons,
            successReports,
            ledger,
            events,
            clock);
    var earlyHearing = new EarlyHearing(hearing, actions, early, database);
    return new RunActions(
        new StartRun(newActions, hearing, earlyHearing, database),
        new ReportActions(hearing, earlyHearing, database),
        new SignalCondition(actions, runs, ledger, events, database, clock),
        new ShowActions(actions, new JooqShownActions(database), endReasons, ledger, database),
        new ListActions(actions, list, database),
        new ShowTaskGroups(list, database),
        new KeepTrigger(triggers, database),
        new SweepEarlyReports(earlyHearing, early, database, clock));
  }
}
