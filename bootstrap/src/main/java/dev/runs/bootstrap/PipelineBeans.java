package dev.runs.bootstrap;

import dev.runs.application.pipeline.EditPipelineRun;
import dev.runs.application.pipeline.ListPipelineRuns;
import dev.runs.application.pipeline.RecordPipelineRun;
import dev.runs.application.pipeline.ShowPipelineRun;
import dev.runs.application.validation.EditContractPolicies;
import dev.runs.application.validation.ListValidations;
import dev.runs.application.validation.RecordValidation;
import dev.runs.application.validation.ShowContractPolicies;
import dev.runs.application.validation.ShowValidation;
import dev.runs.application.validation.SummarizeValidations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hands what the platform can do about pipelines to the surfaces that Spring builds. */
@Configuration(proxyBeanMethods = false)
class PipelineBeans {

  @Bean
  RecordPipelineRun recordPipelineRun(Platform platform) {
    return platform.pipelines().recordPipelineRun();
  }

  @Bean
  EditPipelineRun editPipelineRun(Platform platform) {
    return platform.pipelines().editPipelineRun();
  }

  @Bean
  ShowPipelineRun showPipelineRun(Platform platform) {
    return platform.pipelines().showPipelineRun();
  }

  @Bean
  ListPipelineRuns listPipelineRuns(Platform platform) {
    return platform.pipelines().listPipelineRuns();
  }

  @Bean
  RecordValidation recordValidation(Platform platform) {
    return platform.pipelines().recordValidation();
  }

  @Bean
  ShowValidation showValidation(Platform platform) {
    return platform.pipelines().showValidation();
  }

  @Bean
  ListValidations listValidations(Platform platform) {
    return platform.pipelines().listValidations();
  }

  @Bean
  SummarizeValidations summarizeValidations(Platform platform) {
    return platform.pipelines().summarizeValidations();
  }

  @Bean
  EditContractPolicies editContractPolicies(Platform platform) {
    return platform.pipelines().editContractPolicies();
  }

  @Bean
  ShowContractPolicies showContractPolicies(Platform platform) {
    return platform.pipelines().showContractPolicies();
  }
}
