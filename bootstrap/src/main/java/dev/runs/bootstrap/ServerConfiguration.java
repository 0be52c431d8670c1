package dev.runs.bootstrap;

import dev.runs.adapters.rest.RestAdapter;
import dev.runs.adapters.rest.RestSettings;
import dev.runs.adapters.rest.caller.AccessLogFilter;
import dev.runs.adapters.rest.caller.AddressFilter;
import dev.runs.adapters.rest.caller.ApiKeyFilter;
import dev.runs.adapters.rest.caller.CallerLimitFilter;
import dev.runs.adapters.rest.caller.CrossOriginFilter;
import dev.runs.adapters.rest.event.StreamSettings;
import dev.runs.adapters.rest.request.BodyLimitFilter;
import dev.runs.adapters.rest.request.FilterOrder;
import dev.runs.adapters.rest.request.PathFilter;
import dev.runs.adapters.web.WebAdapter;
import dev.runs.application.Health;
import dev.runs.application.access.EditOrganizations;
import dev.runs.application.access.EditProjects;
import dev.runs.application.access.EditTeams;
import dev.runs.application.access.IdentifyCaller;
import dev.runs.application.access.MintKeys;
import dev.runs.application.access.RegisterOrganization;
import dev.runs.application.access.RegisterUser;
import dev.runs.application.access.ShowKeys;
import dev.runs.application.access.ShowProjects;
import dev.runs.application.access.ShowTeams;
import dev.runs.application.audit.NoteRefusal;
import dev.runs.application.audit.ShowAudit;
import dev.runs.application.cost.AddCosts;
import dev.runs.application.cost.ListCosts;
import dev.runs.application.cost.RemovePrice;
import dev.runs.application.cost.SetPrice;
import dev.runs.application.cost.ShowPrices;
import dev.runs.application.cost.SummarizeCosts;
import dev.runs.application.idempotency.AnswerOnce;
import dev.runs.application.queue.CancelRuns;
import dev.runs.application.queue.ClaimRuns;
import dev.runs.application.queue.EditKinds;
import dev.runs.application.queue.KeepLeases;
import dev.runs.application.queue.MeasureLoad;
import dev.runs.application.queue.ReportOutcomes;
import dev.runs.application.queue.RetryRun;
import dev.runs.application.queue.ShowKinds;
import dev.runs.application.retention.EditRetention;
import dev.runs.application.rollup.AuditLedger;
import dev.runs.application.run.CreateRuns;
import dev.runs.application.run.DeleteRun;
import dev.runs.application.run.DescribeRuns;
import dev.runs.application.run.ListRuns;
import dev.runs.application.run.ReportRun;
import dev.runs.application.tree.ShowEvents;
import dev.runs.application.tree.ShowRun;
import dev.runs.bootstrap.settings.Settings;
import dev.runs.bootstrap.signin.FrontDoor;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.Filter;
import java.time.InstantSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Hands what the platform has made to the surfaces that Spring builds. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
  RestAdapter.class,
  WebAdapter.class,
  WebServer.class,
  AccountBeans.class,
  ConsoleBeans.class,
  PipelineBeans.class,
  FrontDoor.class,
  RpcSurface.class,
  Gate.class
})
class ServerConfiguration {

  @Bean
  RestSettings restSettings(Settings settings) {
    var server = settings.server();
    return new RestSettings(
        server.maxBodyBytes(), server.corsOrigins(), server.rates(), server.trustedProxies());
  }

  /** Not the clock of the wall: set back, it would stop all who are limited. */
  @Bean
  TimeMeter timeMeter() {
    return TimeMeter.SYSTEM_NANOTIME;
  }

  /** Before Spring Security and before anything that would read a body. */
  @Bean
  FilterRegistrationBean<AccessLogFilter> firstLog(AccessLogFilter filter) {
    return at(FilterOrder.ACCESS_LOG, filter);
  }

  @Bean
  FilterRegistrationBean<PathFilter> firstPaths(PathFilter filter) {
    return at(FilterOrder.PATH, filter);
  }

  @Bean
  FilterRegistrationBean<CrossOriginFilter> secondOrigins(CrossOriginFilter filter) {
    return at(FilterOrder.CROSS_ORIGIN, filter);
  }

  @Bean
  FilterRegistrationBean<AddressFilter> thirdAddresses(AddressFilter filter) {
    return at(FilterOrder.ADDRESS, filter);
  }

  @Bean
  FilterRegistrationBean<ApiKeyFilter> fourthKeys(ApiKeyFilter filter) {
    return at(FilterOrder.API_KEY, filter);
  }

  @Bean
  FilterRegistrationBean<CallerLimitFilter> fifthCallers(CallerLimitFilter filter) {
    return at(FilterOrder.CALLER_LIMIT, filter);
  }

  @Bean
  FilterRegistrationBean<BodyLimitFilter> sixthBodies(BodyLimitFilter filter) {
    return at(FilterOrder.BODY_LIMIT, filter);
  }

  private static <T extends Filter> FilterRegistrationBean<T> at(int order, T filter) {
    var registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(order);
    return registration;
  }

  @Bean
  Health health(Platform platform) {
    return platform::problem;
  }

  @Bean
  InstantSource clock(Platform platform) {
    return platform.clock();
  }

  @Bean
  IdentifyCaller identifyCaller(Platform platform) {
    return platform.identifyCaller();
  }

  @Bean
  ShowProjects showProjects(Platform platform) {
    return platform.grants().showProjects();
  }

  @Bean
  EditProjects editProjects(Platform platform) {
    return platform.grants().editProjects();
  }

  @Bean
  ShowTeams showTeams(Platform platform) {
    return platform.grants().showTeams();
  }

  @Bean
  EditTeams editTeams(Platform platform) {
    return platform.grants().editTeams();
  }

  @Bean
  ShowKeys showKeys(Platform platform) {
    return platform.grants().showKeys();
  }

  @Bean
  MintKeys mintKeys(Platform platform) {
    return platform.grants().mintKeys();
  }

  @Bean
  RegisterOrganization registerOrganization(Platform platform) {
    return platform.registerOrganization();
  }

  @Bean
  EditRetention editRetention(Platform platform) {
    return platform.retention().editRetention();
  }

  @Bean
  EditOrganizations editOrganizations(Platform platform) {
    return platform.editOrganizations();
  }

  @Bean
  RegisterUser registerUser(Platform platform) {
    return platform.registerUser();
  }

  @Bean
  StreamSettings streamSettings() {
    return StreamSettings.USUAL;
  }

  @Bean
  ShowEvents showEvents(Platform platform) {
    return platform.showEvents();
  }

  /** Ends all streams first, or the web server would wait for them. */
  @Bean
  LiveStreams liveStreams(Platform platform) {
    return new LiveStreams(platform.eventTail());
  }

  @Bean
  CreateRuns createRuns(Platform platform) {
    return platform.createRuns();
  }

  @Bean
  ClaimRuns claimRuns(Platform platform) {
    return platform.workQueue().claimRuns();
  }

  @Bean
  KeepLeases keepLeases(Platform platform) {
    return platform.workQueue().keepLeases();
  }

  @Bean
  ReportOutcomes reportOutcomes(Platform platform) {
    return platform.workQueue().reportOutcomes();
  }

  @Bean
  CancelRuns cancelRuns(Platform platform) {
    return platform.workQueue().cancelRuns();
  }

  @Bean
  RetryRun retryRun(Platform platform) {
    return platform.retryRun();
  }

  @Bean
  EditKinds editKinds(Platform platform) {
    return platform.workQueue().editKinds();
  }

  @Bean
  ShowKinds showKinds(Platform platform) {
    return platform.workQueue().showKinds();
  }

  @Bean
  MeasureLoad measureLoad(Platform platform) {
    return platform.workQueue().measureLoad();
  }

  @Bean
  DescribeRuns describeRuns(Platform platform) {
    return platform.describeRuns();
  }

  @Bean
  ReportRun reportRun(Platform platform) {
    return platform.reportRun();
  }

  @Bean
  ShowRun showRun(Platform platform) {
    return platform.showRun();
  }

  @Bean
  ListRuns listRuns(Platform platform) {
    return platform.listRuns();
  }

  @Bean
  DeleteRun deleteRun(Platform platform) {
    return platform.deleteRun();
  }

  @Bean
  AddCosts addCosts(Platform platform) {
    return platform.addCosts();
  }

  @Bean
  ListCosts listCosts(Platform platform) {
    return platform.listCosts();
  }

  @Bean
  SummarizeCosts summarizeCosts(Platform platform) {
    return platform.summarizeCosts();
  }

  @Bean
  SetPrice setPrice(Platform platform) {
    return platform.setPrice();
  }

  @Bean
  ShowPrices showPrices(Platform platform) {
    return platform.showPrices();
  }

  @Bean
  ShowAudit showAudit(Platform platform) {
    return platform.showAudit();
  }

  @Bean
  NoteRefusal noteRefusal(Platform platform) {
    return platform.noteRefusal();
  }

  @Bean
  RemovePrice removePrice(Platform platform) {
    return platform.removePrice();
  }

  @Bean
  AuditLedger auditLedger(Platform platform) {
    return platform.auditLedger();
  }

  @Bean
  AnswerOnce answerOnce(Platform platform) {
    return platform.answerOnce();
  }
}
