package dev.runs.bootstrap.settings;

import dev.runs.adapters.rest.rate.AddressBlock;
import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.rate.Rate;
import dev.runs.application.event.FeedLimits;
import dev.runs.domain.access.GroupRoles;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.UnitPrice;
import dev.runs.domain.retention.RetentionPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be configured, as it is in force.
 *
 * @param apiKey the platform key; nothing when the first start is to make one
 * @param prices US cents per unit that the price list begins with, in the order they were written
 * @param oidc who else knows people; nothing when all accounts are kept here
 * @param retention how long runs are kept where an organization says nothing else
 * @param rpc what Flyte's clients and executors find
 * @param pipelines what the pipeline registry's clients find
 * @param tracing the collector that is sent spans of runs; nothing for none
 */
public record Settings(
    Server server,
    DatabaseAddress database,
    Pool pool,
    Costs costs,
    @Nullable Secret apiKey,
    Map<CostName, UnitPrice> prices,
    @Nullable Oidc oidc,
    RetentionPolicy retention,
    Rpc rpc,
    Pipelines pipelines,
    @Nullable URI tracing,
    Logging logging) {

  public Settings {
    prices = Collections.unmodifiableMap(new LinkedHashMap<>(prices));
  }

  /**
   * The one port and what comes in through it.
   *
   * @param host the address to listen on
   * @param port 0 to 65535; 0 takes any that is free
   * @param maxBodyBytes the largest request body
   * @param watchBufferSize events kept for one slow watcher before it has to read the log again
   * @param streams how many streams of events and watches there are at a time
   * @param eventDays how many days an event is kept; nothing for ever
   * @param corsOrigins whose pages may call the API from a browser; {@code *} is everybody
   * @param publicUrl where browsers reach the server; nothing when each request says it
   * @param trustedProxies whose word counts about where a request comes from
   * @param rates how often what may be asked; a budget that is missing has no limit
   */
  public record Server(
      String host,
      int port,
      int maxBodyBytes,
      int watchBufferSize,
      FeedLimits streams,
      Optional<Integer> eventDays,
      List<String> corsOrigins,
      @Nullable URI publicUrl,
      List<AddressBlock> trustedProxies,
      Map<Budget, Rate> rates) {

    public Server {
      corsOrigins = List.copyOf(corsOrigins);
      trustedProxies = List.copyOf(trustedProxies);
      rates = Map.copyOf(rates);
    }
  }

  /**
   * The connections to the database.
   *
   * @param maxIdleConnections kept open while nobody needs them, from 0 to maxOpenConnections
   * @param maxOpenConnections the most at once, at least 1
   * @param connMaxLifeTime after it a connection is replaced; zero means never
   */
  public record Pool(int maxIdleConnections, int maxOpenConnections, Duration connMaxLifeTime) {

    /** More idle connections than open ones count as that many. */
    public Pool {
      maxIdleConnections = Math.min(maxIdleConnections, maxOpenConnections);
    }
  }

  /**
   * The costs-service that knows the prices.
   *
   * @param url its base address; nothing when prices are kept here
   * @param apiKey sent as {@code X-API-Key}; nothing when it asks for none
   */
  public record Costs(@Nullable URI url, @Nullable Secret apiKey) {}

  /**
   * The OpenID Connect provider whose people can sign in.
   *
   * @param issuer exactly as the provider names itself
   * @param clientSecret nothing for a public client
   * @param scopes what it is asked for, {@code openid} among it
   * @param groupsClaim the claim that lists the groups of a person
   * @param roles what groups may do
   */
  public record Oidc(
      String issuer,
      String clientId,
      @Nullable Secret clientSecret,
      List<String> scopes,
      String groupsClaim,
      GroupRoles roles) {

    public Oidc {
      scopes = List.copyOf(scopes);
    }
  }

  /**
   * The services of Flyte's clients and executors.
   *
   * @param anonymous the id or external id of the organization that is open to everybody; nothing
   *     when a key is needed
   * @param defaultOrganization the external id of the one that platform keys act in when a call
   *     names none
   * @param maxMessageBytes the largest message of a client
   */
  public record Rpc(@Nullable String anonymous, String defaultOrganization, int maxMessageBytes) {}

  /**
   * The surface of the pipeline registry's clients.
   *
   * @param anonymous the id or external id of the organization whose runs and validations everybody
   *     may read; nothing when a key is needed
   */
  public record Pipelines(@Nullable String anonymous) {}

  /**
   * What is logged.
   *
   * @param showSource whether each line names the file and line that wrote it
   */
  public record Logging(LogLevel level, LogFormat format, boolean showSource) {

    /** The same for a command, whose output is for who typed it. */
    public Logging onlyWarnings() {
      return new Logging(
          level.compareTo(LogLevel.WARN) < 0 ? level : LogLevel.WARN, LogFormat.TEXT, showSource);
    }
  }

  /** What holds when nothing is configured. */
  public static Settings defaults() {
    return Configuration.read(Arguments.NONE, Map.of()).settings();
  }

  /** The same with another port. */
  public Settings withPort(int port) {
    var changed =
        new Server(
            server.host(),
            port,
            server.maxBodyBytes(),
            server.watchBufferSize(),
            server.streams(),
            server.eventDays(),
            server.corsOrigins(),
            server.publicUrl(),
            server.trustedProxies(),
            server.rates());
    return new Settings(
        changed, database, pool, costs, apiKey, prices, oidc, retention, rpc, pipelines, tracing,
        logging);
  }

  /** The same with another database. */
  public Settings withDatabase(DatabaseAddress address) {
    return new Settings(
        server, address, pool, costs, apiKey, prices, oidc, retention, rpc, pipelines, tracing,
        logging);
  }

  /** The same with another costs-service. */
  public Settings withCosts(Costs costs) {
    return new Settings(
        server, database, pool, costs, apiKey, prices, oidc, retention, rpc, pipelines, tracing,
        logging);
  }

  /** The same with another platform key. */
  public Settings withApiKey(@Nullable Secret apiKey) {
    return new Settings(
        server, database, pool, costs, apiKey, prices, oidc, retention, rpc, pipelines, tracing,
        logging);
  }

  /** The same with runs kept for another time. */
  public Settings withRetention(RetentionPolicy retention) {
    return new Settings(
        server, database, pool, costs, apiKey, prices, oidc, retention, rpc, pipelines, tracing,
        logging);
  }

  /** The same with another collector of spans. */
  public Settings withTracing(@Nullable URI tracing) {
    return new Settings(
        server, database, pool, costs, apiKey, prices, oidc, retention, rpc, pipelines, tracing,
        logging);
  }

  /** The same with other prices to begin with. */
  public Settings withPrices(Map<CostName, UnitPrice> prices) {
    return new Settings(
        server, database, pool, costs, apiKey, prices, oidc, retention, rpc, pipelines, tracing,
        logging);
  }
}
