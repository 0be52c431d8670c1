package dev.runs.bootstrap;

import dev.runs.adapters.rest.registry.AnonymousReads;
import dev.runs.adapters.rest.registry.RegistryFilter;
import dev.runs.adapters.rest.registry.SlashFilter;
import dev.runs.adapters.rest.request.FilterOrder;
import dev.runs.application.lineage.HearLineage;
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
import dev.runs.bootstrap.settings.Settings;
import dev.runs.bootstrap.settings.StartFailure;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Hands what the platform can do about pipelines to the surfaces that Spring builds, and puts the
 * filters of the pipeline registry's clients where they belong.
 */
@Configuration(proxyBeanMethods = false)
class PipelineBeans {

  /**
   * What is open to who shows no key.
   *
   * @throws StartFailure when there is no such organization
   */
  @Bean
  AnonymousReads anonymousReads(Settings settings, Platform platform) {
    var named = settings.pipelines().anonymous();
    return named == null
        ? AnonymousReads.CLOSED
        : AnonymousReads.of(
            OpenOrganization.find("runs.pipelines.anonymous-organization", named, platform));
  }

  @Bean
  FilterRegistrationBean<RegistryFilter> registryFirst(RegistryFilter filter) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(FilterOrder.SURFACE);
    return registration;
  }

  @Bean
  FilterRegistrationBean<SlashFilter> slashes(SlashFilter filter) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(FilterOrder.REDIRECT);
    return registration;
  }

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
  HearLineage hearLineage(Platform platform) {
    return platform.lineage().hearLineage();
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
