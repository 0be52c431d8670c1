package dev.runs.bootstrap;

import dev.runs.application.access.ListOrganizations;
import dev.runs.application.access.ListUsers;
import dev.runs.application.access.NameOrganizations;
import dev.runs.application.action.ShowActions;
import dev.runs.application.bulk.PreviewBulk;
import dev.runs.application.bulk.ShowBulk;
import dev.runs.application.bulk.StartBulk;
import dev.runs.application.bulk.StopBulk;
import dev.runs.application.cost.ShowCostHistory;
import dev.runs.application.overview.ShowOverview;
import dev.runs.application.queue.ShowQueue;
import dev.runs.application.queue.ShowWorkers;
import dev.runs.application.run.CountRuns;
import dev.runs.application.run.ExplainCancellation;
import dev.runs.application.system.ShowSystem;
import dev.runs.application.tree.ShowBranches;
import dev.runs.application.tree.TraceFailure;
import dev.runs.application.validation.ListContracts;
import dev.runs.application.validation.ShowContract;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hands what the platform can do to the pages of the console; by capability. */
@Configuration(proxyBeanMethods = false)
class ConsoleBeans {
  @Bean
  PreviewBulk previewBulk(Platform platform) {
    return platform.bulk().previewBulk();
  }

  @Bean
  StartBulk startBulk(Platform platform) {
    return platform.bulk().startBulk();
  }

  @Bean
  ShowBulk showBulk(Platform platform) {
    return platform.bulk().showBulk();
  }

  @Bean
  StopBulk stopBulk(Platform platform) {
    return platform.bulk().stopBulk();
  }

  @Bean
  ShowQueue showQueue(Platform platform) {
    return platform.workQueue().showQueue();
  }

  @Bean
  ShowWorkers showWorkers(Platform platform) {
    return platform.workQueue().showWorkers();
  }

  @Bean
  ListContracts listContracts(Platform platform) {
    return platform.pipelines().listContracts();
  }

  @Bean
  ShowContract showContract(Platform platform) {
    return platform.pipelines().showContract();
  }

  @Bean
  ShowCostHistory showCostHistory(Platform platform) {
    return platform.figures().showCostHistory();
  }

  @Bean
  ShowOverview showOverview(Platform platform) {
    return platform.figures().showOverview();
  }

  @Bean
  CountRuns countRuns(Platform platform) {
    return platform.runInsights().countRuns();
  }

  @Bean
  ShowActions showActions(Platform platform) {
    return platform.runActions().showActions();
  }

  @Bean
  ShowBranches showBranches(Platform platform) {
    return platform.runInsights().showBranches();
  }

  @Bean
  TraceFailure traceFailure(Platform platform) {
    return platform.runInsights().traceFailure();
  }

  @Bean
  ExplainCancellation explainCancellation(Platform platform) {
    return platform.runInsights().explainCancellation();
  }

  @Bean
  ListOrganizations listOrganizations(Platform platform) {
    return platform.directory().listOrganizations();
  }

  @Bean
  NameOrganizations nameOrganizations(Platform platform) {
    return platform.directory().nameOrganizations();
  }

  @Bean
  ListUsers listUsers(Platform platform) {
    return platform.directory().listUsers();
  }

  @Bean
  ShowSystem showSystem(Platform platform) {
    return platform.directory().showSystem();
  }
}
