package dev.runs.bootstrap;

import dev.runs.adapters.web.access.SignInOptions;
import dev.runs.application.access.ChangePassword;
import dev.runs.application.access.ChooseOrganization;
import dev.runs.application.access.EditPeople;
import dev.runs.application.access.ResolveSession;
import dev.runs.application.access.ShowChoices;
import dev.runs.application.access.ShowPeople;
import dev.runs.application.access.SignIn;
import dev.runs.application.access.SignInByProvider;
import dev.runs.application.access.SignOut;
import dev.runs.bootstrap.settings.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Hands what the platform can do about people to the surfaces that Spring builds. */
@Configuration(proxyBeanMethods = false)
class AccountBeans {

  @Bean
  SignInOptions signInOptions(Settings settings) {
    return new SignInOptions(settings.oidc() != null, settings.server().publicUrl());
  }

  @Bean
  SignIn signIn(Platform platform) {
    return platform.accounts().signIn();
  }

  @Bean
  SignInByProvider signInByProvider(Platform platform) {
    return platform.accounts().signInByProvider();
  }

  @Bean
  SignOut signOut(Platform platform) {
    return platform.accounts().signOut();
  }

  @Bean
  ResolveSession resolveSession(Platform platform) {
    return platform.accounts().resolveSession();
  }

  @Bean
  ChooseOrganization chooseOrganization(Platform platform) {
    return platform.accounts().chooseOrganization();
  }

  @Bean
  ShowChoices showChoices(Platform platform) {
    return platform.accounts().showChoices();
  }

  @Bean
  ChangePassword changePassword(Platform platform) {
    return platform.accounts().changePassword();
  }

  @Bean
  EditPeople editPeople(Platform platform) {
    return platform.accounts().editPeople();
  }

  @Bean
  ShowPeople showPeople(Platform platform) {
    return platform.accounts().showPeople();
  }
}
