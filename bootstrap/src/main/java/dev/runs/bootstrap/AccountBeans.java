package dev.runs.bootstrap;

import dev.runs.application.access.EditPeople;
import dev.runs.application.access.ShowPeople;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hands what the platform can do about people to the surfaces that Spring builds. */
@Configuration(proxyBeanMethods = false)
class AccountBeans {

  @Bean
  EditPeople editPeople(Platform platform) {
    return platform.accounts().editPeople();
  }

  @Bean
  ShowPeople showPeople(Platform platform) {
    return platform.accounts().showPeople();
  }
}
