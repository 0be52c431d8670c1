package dev.runs.bootstrap;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.pipeline.JooqPipelineRuns;
import dev.runs.adapters.persistence.validation.JooqContractPolicies;
import dev.runs.adapters.persistence.validation.JooqContracts;
import dev.runs.application.Ids;
import dev.runs.application.access.Projects;
import dev.runs.application.audit.Auditor;
import dev.runs.application.event.RunEvents;
import dev.runs.application.pipeline.DescribePipelineRuns;
import dev.runs.application.pipeline.EditPipelineRun;
import dev.runs.application.pipeline.ListPipelineRuns;
import dev.runs.application.pipeline.RecordPipelineRun;
import dev.runs.application.pipeline.ShowPipelineRun;
import dev.runs.application.run.NewRunWriter;
import dev.runs.application.run.ReportWriter;
import dev.runs.application.run.Runs;
import dev.runs.application.secret.InputCheck;
import dev.runs.application.validation.EditContractPolicies;
import dev.runs.application.validation.ListContracts;
import dev.runs.application.validation.ListValidations;
import dev.runs.application.validation.RecordValidation;
import dev.runs.application.validation.ShowContract;
import dev.runs.application.validation.ShowContractPolicies;
import dev.runs.application.validation.ShowValidation;
import dev.runs.application.validation.SummarizeValidations;
import dev.runs.application.validation.ValidationWriter;
import dev.runs.application.validation.Validations;
import java.time.InstantSource;

/** What the platform can do about runs of pipelines and what validates their data. */
public record Pipelines(
    RecordPipelineRun recordPipelineRun,
    EditPipelineRun editPipelineRun,
    ShowPipelineRun showPipelineRun,
    ListPipelineRuns listPipelineRuns,
    RecordValidation recordValidation,
    ShowValidation showValidation,
    ListValidations listValidations,
    SummarizeValidations summarizeValidations,
    EditContractPolicies editContractPolicies,
    ShowContractPolicies showContractPolicies,
    ListContracts listContracts,
    ShowContract showContract) {

  static Pipelines over(
      Database database,
      Runs runs,
      Validations validations,
      Projects projects,
      NewRunWriter newRuns,
      ReportWriter reports,
      InputCheck inputCheck,
      RunEvents events,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    var pipelines = new JooqPipelineRuns(database);
    var policies = new JooqContractPolicies(database);
    var contracts = new JooqContracts(database);
    var describe = new DescribePipelineRuns(validations, policies);
    return new Pipelines(
        new RecordPipelineRun(newRuns, pipelines, describe, database, clock),
        new EditPipelineRun(runs, pipelines, reports, describe, inputCheck, database, clock),
        new ShowPipelineRun(runs, pipelines, describe, database),
        new ListPipelineRuns(pipelines, database),
        new RecordValidation(
            runs,
            projects,
            new ValidationWriter(validations, events, ids),
            inputCheck,
            database,
            clock),
        new ShowValidation(validations),
        new ListValidations(validations, database),
        new SummarizeValidations(validations, database, clock),
        new EditContractPolicies(policies, database, auditor, clock),
        new ShowContractPolicies(policies),
        new ListContracts(contracts, policies, database, clock),
        new ShowContract(contracts, policies, validations, database, clock));
  }
}
