package dev.runs.bootstrap;

import dev.runs.application.access.ListOrganizations;
import dev.runs.application.access.ListUsers;
import dev.runs.application.system.ShowSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hands what can be seen of the installation to the pages that Spring builds. */
@Configuration(proxyBeanMethods = false)
class DirectoryBeans {

  @Bean
  ListOrganizations listOrganizations(Platform platform) {
    return platform.directory().listOrganizations();
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
