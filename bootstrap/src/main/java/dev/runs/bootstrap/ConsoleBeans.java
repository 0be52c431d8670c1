package dev.runs.bootstrap;

import dev.runs.application.access.ListOrganizations;
import dev.runs.application.access.ListUsers;
import dev.runs.application.bulk.PreviewBulk;
import dev.runs.application.bulk.ShowBulk;
import dev.runs.application.bulk.StartBulk;
import dev.runs.application.bulk.StopBulk;
import dev.runs.application.cost.ShowCostHistory;
import dev.runs.application.overview.ShowOverview;
import dev.runs.application.queue.ShowQueue;
import dev.runs.application.queue.ShowWorkers;
import dev.runs.application.system.ShowSystem;
import dev.runs.application.validation.ListContracts;
import dev.runs.application.validation.ShowContract;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hands what the platform can do to the pages of the console; by capability. */
@Configuration(proxyBeanMethods = false)
class ConsoleBeans {

  // access

  @Bean
  ListOrganizations listOrganizations(Platform platform) {
    return platform.directory().listOrganizations();
  }

  @Bean
  ListUsers listUsers(Platform platform) {
    return platform.directory().listUsers();
  }

  // many runs at once

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

  // the queue

  @Bean
  ShowQueue showQueue(Platform platform) {
    return platform.workQueue().showQueue();
  }

  @Bean
  ShowWorkers showWorkers(Platform platform) {
    return platform.workQueue().showWorkers();
  }

  // contracts

  @Bean
  ListContracts listContracts(Platform platform) {
    return platform.pipelines().listContracts();
  }

  @Bean
  ShowContract showContract(Platform platform) {
    return platform.pipelines().showContract();
  }

  // costs

  @Bean
  ShowCostHistory showCostHistory(Platform platform) {
    return platform.figures().showCostHistory();
  }

  // overview

  @Bean
  ShowOverview showOverview(Platform platform) {
    return platform.figures().showOverview();
  }

  // the installation

  @Bean
  ShowSystem showSystem(Platform platform) {
    return platform.directory().showSystem();
  }
}
