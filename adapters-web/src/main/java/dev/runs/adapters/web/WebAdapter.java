package dev.runs.adapters.web;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * All pages, to be imported into an application with Spring MVC and Thymeleaf. It needs no bean.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class WebAdapter {}
