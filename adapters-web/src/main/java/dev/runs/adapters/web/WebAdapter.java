package dev.runs.adapters.web;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * All pages, to be imported into an application with Spring MVC and Thymeleaf.
 *
 * <p>It needs these beans: the use cases {@code ChangePassword}, {@code ChooseOrganization} and
 * {@code ShowChoices}, and {@link dev.runs.adapters.web.access.SignInOptions}. Who is signed in,
 * and where a request comes from, the application tells by {@link
 * dev.runs.adapters.web.access.Visitors#SIGNED_IN} and {@link
 * dev.runs.adapters.web.access.Visitors#ORIGIN}; it also keeps the pages from who is not signed in,
 * and writes a token against forgery into forms.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class WebAdapter {}
