package dev.runs.bootstrap.settings;

import dev.runs.adapters.rest.rate.AddressBlock;
import dev.runs.adapters.rest.rate.Rate;
import dev.runs.domain.access.GroupRoles;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.UnitPrice;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be configured. The constants are all there are: the documentation's table is
 * written from {@link #ALL}.
 *
 * @param property its full name, which is also its place in the configuration file
 * @param aliases other places in the configuration file
 * @param environment the variables that set it, strongest first; one of them is made from the
 *     property
 * @param flag the option of the command line that sets it
 * @param fallback its value when nobody sets it; nothing when it is then absent
 * @param about what it does, as a sentence or two
 */
record Setting<T>(
    String property,
    List<String> aliases,
    List<String> environment,
    @Nullable String flag,
    ValueType<T> type,
    @Nullable String fallback,
    String about) {

  private static final int MIB = 1 << 20;

  static final Setting<String> HOST =
      named("runs.server.host", ValueType.word("a host name or address"))
          .or("0.0.0.0")
          .about("The address to listen on.");

  static final Setting<Integer> PORT =
      named("runs.server.port", ValueType.integer(0, 65_535))
          .env("PORT")
          .flag("--port")
          .or("8090")
          .about("The port to listen on. 0 takes any that is free.");

  static final Setting<Integer> MAX_BODY_SIZE =
      named(
              "runs.server.maxBodySize",
              ValueType.byteSize(
                  1 << 10, 256 * MIB, "bytes, or a number with KB or MB, from 1KB to 256MB"))
          .or("1MB")
          .about("The largest request body. A larger one is answered 413. 1 KB is 1,024 bytes.");

  static final Setting<List<String>> CORS_ORIGINS =
      named("runs.server.corsOrigins", ValueType.origins())
          .or("*")
          .about("The origins whose pages may call the API from a browser; `*` is every origin.");

  static final Setting<URI> PUBLIC_URL =
      named("runs.server.publicUrl", ValueType.httpUrl())
          .about(
              "The address under which browsers reach the server, for sign-in behind a proxy that"
                  + " ends TLS. When there is none, it is the one of each request.");

  static final Setting<List<AddressBlock>> TRUSTED_PROXIES =
      named("runs.server.trustedProxies", ValueType.addressBlocks())
          .about(
              "Proxies that say in `X-Forwarded-For` where a request comes from. When there are"
                  + " none, the header is not read.");

  static final Setting<Optional<Rate>> RATE_PER_ADDRESS =
      rate("perAddress").or("20000/s").about("Requests of one address; of IPv6 one /64.");

  static final Setting<Optional<Rate>> RATE_PER_KEY =
      rate("perKey").or("10000/s").about("Requests with one key of a team.");

  static final Setting<Optional<Rate>> RATE_PER_PLATFORM_KEY =
      rate("perPlatformKey")
          .or(ValueType.UNLIMITED)
          .about("Requests with one platform key; no other limit of keys holds for it.");

  static final Setting<Optional<Rate>> RATE_OF_NEW_RUNS =
      rate("newRunsPerKey")
          .or("300000/m")
          .about("Runs made with one key, each run of a batch by itself.");

  static final Setting<Optional<Rate>> RATE_OF_CANCELLATIONS =
      rate("cancellationsPerKey").or("60000/m").about("Runs canceled or deleted with one key.");

  static final Setting<Optional<Rate>> RATE_OF_REFUSED_KEYS =
      rate("refusedKeysPerAddress")
          .or("300/m")
          .about(
              "Keys and passwords of one address that are refused. Then no more of them are looked"
                  + " at for a while, but for keys that were accepted before.");

  static final Setting<Integer> WATCH_BUFFER_SIZE =
      named("runs.watchBufferSize", ValueType.integer(1, 100_000))
          .or("100")
          .about(
              "Events kept for one slow watcher; one that falls further behind reads them from the"
                  + " log.");

  static final Setting<Integer> MAX_STREAMS =
      named("runs.maxStreams", ValueType.integer(1, 1_000_000))
          .or("20000")
          .about(
              "Streams of events and watches that one server has at a time; one more is refused.");

  static final Setting<Integer> MAX_STREAMS_PER_KEY =
      named("runs.maxStreamsPerKey", ValueType.integer(1, 1_000_000))
          .or("1000")
          .about("The same with one key of a team; a platform key has no limit of its own.");

  static final Setting<String> RPC_ANONYMOUS =
      named("runs.rpc.anonymous", ValueType.organization())
          .about(
              "The organization, by its id or external id, in whose runs everybody who reaches the"
                  + " RunService may read and write without a key. When there is none, a key is"
                  + " needed.");

  static final Setting<String> RPC_DEFAULT_ORGANIZATION =
      named("runs.rpc.default-organization", ValueType.organization())
          .or("default")
          .about(
              "The organization, by its external id, that calls with a platform key act in when"
                  + " they name none.");

  static final Setting<Integer> RPC_MAX_MESSAGE_BYTES =
      named(
              "runs.rpc.max-message-bytes",
              ValueType.byteSize(
                  1 << 10, 256 * MIB, "bytes, or a number with KB or MB, from 1KB to 256MB"))
          .or("4MB")
          .about(
              "The largest message of a call, also when it is decompressed. A larger one is"
                  + " refused as `resource_exhausted`.");

  static final Setting<Boolean> PIPELINES_ANONYMOUS_READS =
      named("runs.pipelines.anonymous-reads", ValueType.bool())
          .or("false")
          .about(
              "Whether runs and validations of one organization may be read without a key at"
                  + " `/api/v1`. A wrong key is refused all the same.");

  static final Setting<String> PIPELINES_ANONYMOUS_ORGANIZATION =
      named("runs.pipelines.anonymous-organization", ValueType.organization())
          .or("default")
          .about(
              "The organization, by its id or external id, that is then read; it is made when it"
                  + " is named by an external id that is new.");

  static final Setting<Optional<Integer>> RETENTION_OF_SUCCEEDED =
      named("runs.retention.succeededDays", ValueType.days())
          .or("30")
          .about(
              "Days after the end of a root that succeeded on which its tree is removed, where an"
                  + " organization says nothing else.");

  static final Setting<Optional<Integer>> RETENTION_OF_OTHERS =
      named("runs.retention.otherDays", ValueType.days())
          .or("90")
          .about("The same for roots that ended otherwise.");

  static final Setting<Optional<Integer>> RETENTION_OF_EVENTS =
      named("runs.retention.eventDays", ValueType.days())
          .or("30")
          .about("Days after which an event is taken out of the log, whatever became of its run.");

  static final Setting<Secret> API_KEY =
      named("runs.apiKey", ValueType.key())
          .env("RUNS_SERVICE_API_KEY")
          .about("The platform key. When there is none, the first start makes one and prints it.");

  static final Setting<DatabaseAddress> DATABASE_URL =
      database("url", ValueType.databaseUrl())
          .env("RUNS_SERVICE_DATABASE_URL")
          .env("DATABASE_URL")
          .about("The database in one value, instead of a file or of `postgres`.");

  static final Setting<Path> SQLITE_FILE =
      database("sqlite.file", ValueType.file("the name of a file"))
          .env("RUNS_DB_PATH")
          .env("SPRONGUS_DB_PATH")
          .flag("--db")
          .or("./runs.db")
          .about(
              "The SQLite file, made when it is missing. The default holds when no database is"
                  + " named.");

  static final Setting<String> POSTGRES_HOST =
      database("postgres.host", ValueType.databaseHost())
          .or("localhost")
          .about("Where PostgreSQL runs.");

  static final Setting<Integer> POSTGRES_PORT =
      database("postgres.port", ValueType.integer(1, 65_535))
          .or("5432")
          .about("The port of PostgreSQL.");

  static final Setting<String> POSTGRES_DBNAME =
      database("postgres.dbname", ValueType.text("text"))
          .about("The database. When it is missing, it is named as the user.");

  static final Setting<String> POSTGRES_USERNAME =
      database("postgres.username", ValueType.text("text"))
          .about("The user. When it is missing, it is the operating system's user.");

  static final Setting<Secret> POSTGRES_PASSWORD =
      database("postgres.password", ValueType.password()).about("The user's password.");

  static final Setting<Map<String, String>> POSTGRES_EXTRA_OPTIONS =
      database("postgres.extraOptions", ValueType.libpqOptions())
          .alias("database.postgres.options")
          .alias("runs.database.postgres.options")
          .about("More options of the connection, such as `sslmode=disable connect_timeout=5`.");

  static final Setting<Integer> MAX_IDLE_CONNECTIONS =
      database("maxIdleConnections", ValueType.integer(0, 1_000))
          .or("10")
          .about("Connections kept open while nobody needs them, at most `maxOpenConnections`.");

  static final Setting<Integer> MAX_OPEN_CONNECTIONS =
      database("maxOpenConnections", ValueType.integer(1, 1_000))
          .or("20")
          .about("The most connections at once. On SQLite, where one writes, the most that read.");

  static final Setting<Duration> CONN_MAX_LIFE_TIME =
      database(
              "connMaxLifeTime",
              ValueType.duration(
                  "a duration such as `1h`, `1h30m` or `PT1H`, from 30s to 720h, or 0 for no end",
                  Setting::isLifeTime))
          .or("1h")
          .about("A connection that is older is replaced.");

  static final Setting<URI> COSTS_URL =
      named("runs.costs.url", ValueType.httpUrl())
          .env("COSTS_SERVICE_URL")
          .about(
              "The costs-service that knows the prices. When there is none, they are kept here.");

  static final Setting<Secret> COSTS_API_KEY =
      named("runs.costs.apiKey", ValueType.key())
          .env("COSTS_SERVICE_API_KEY")
          .about("Sent to the costs-service as `X-API-Key`.");

  static final Setting<Map<CostName, UnitPrice>> PRICES =
      named("runs.prices", ValueType.prices())
          .about("Prices that the price list kept here begins with.");

  static final Setting<String> OIDC_ISSUER =
      named("runs.oidc.issuer", ValueType.issuer())
          .about(
              "The OpenID Connect provider whose people can sign in, exactly as it names itself.");

  static final Setting<String> OIDC_CLIENT_ID =
      named("runs.oidc.clientId", ValueType.word("a name without spaces"))
          .about("What the provider calls this service.");

  static final Setting<Secret> OIDC_CLIENT_SECRET =
      named("runs.oidc.clientSecret", ValueType.key())
          .about("The secret that the provider has given this service.");

  static final Setting<List<String>> OIDC_SCOPES =
      named("runs.oidc.scopes", ValueType.words("a list (in one value: separated by commas)"))
          .or("openid,profile,email")
          .about("What the provider is asked for; `openid` is always among it.");

  static final Setting<String> OIDC_GROUPS_CLAIM =
      named("runs.oidc.groupsClaim", ValueType.word("a name without spaces"))
          .or("groups")
          .about("The claim that lists the groups of a person.");

  static final Setting<GroupRoles> OIDC_ROLES =
      named("runs.oidc.roles", ValueType.groupRoles())
          .about(
              "What groups may do, set anew at each sign-in. When there is none, roles are given"
                  + " here.");

  static final Setting<URI> TRACING_ENDPOINT =
      named("runs.tracing.endpoint", ValueType.httpUrl())
          .env("OTEL_EXPORTER_OTLP_ENDPOINT")
          .about(
              "The collector to which a span of each run is sent when it ends, over OTLP/HTTP to"
                  + " `/v1/traces` below this address. When there is none, none is sent.");

  static final Setting<LogLevel> LOG_LEVEL =
      logger("level", ValueType.logLevel())
          .or("info")
          .about("How much is logged. Libraries stay quieter, for they may log secrets.");

  static final Setting<Boolean> LOG_SHOW_SOURCE =
      logger("show-source", ValueType.bool())
          .or("false")
          .about("Whether each line of the log names the file and line that wrote it.");

  static final Setting<LogFormat> LOG_FORMAT =
      logger("format", ValueType.logFormat())
          .or("text")
          .about("How the lines look: `text` for people, `json` for programs.");

  /** In the order of the documentation. */
  static final List<Setting<?>> ALL =
      List.of(
          HOST,
          PORT,
          MAX_BODY_SIZE,
          CORS_ORIGINS,
          PUBLIC_URL,
          TRUSTED_PROXIES,
          RATE_PER_ADDRESS,
          RATE_PER_KEY,
          RATE_PER_PLATFORM_KEY,
          RATE_OF_NEW_RUNS,
          RATE_OF_CANCELLATIONS,
          RATE_OF_REFUSED_KEYS,
          WATCH_BUFFER_SIZE,
          MAX_STREAMS,
          MAX_STREAMS_PER_KEY,
          RPC_ANONYMOUS,
          RPC_DEFAULT_ORGANIZATION,
          RPC_MAX_MESSAGE_BYTES,
          PIPELINES_ANONYMOUS_READS,
          PIPELINES_ANONYMOUS_ORGANIZATION,
          RETENTION_OF_SUCCEEDED,
          RETENTION_OF_OTHERS,
          RETENTION_OF_EVENTS,
          API_KEY,
          DATABASE_URL,
          SQLITE_FILE,
          POSTGRES_HOST,
          POSTGRES_PORT,
          POSTGRES_DBNAME,
          POSTGRES_USERNAME,
          POSTGRES_PASSWORD,
          POSTGRES_EXTRA_OPTIONS,
          MAX_IDLE_CONNECTIONS,
          MAX_OPEN_CONNECTIONS,
          CONN_MAX_LIFE_TIME,
          COSTS_URL,
          COSTS_API_KEY,
          PRICES,
          OIDC_ISSUER,
          OIDC_CLIENT_ID,
          OIDC_CLIENT_SECRET,
          OIDC_SCOPES,
          OIDC_GROUPS_CLAIM,
          OIDC_ROLES,
          TRACING_ENDPOINT,
          LOG_LEVEL,
          LOG_FORMAT,
          LOG_SHOW_SOURCE);

  /** All names it has in the configuration file. */
  List<String> fileKeys() {
    return Stream.concat(Stream.of(property), aliases.stream()).toList();
  }

  /** What a person can change to change it. */
  String waysToSet() {
    var ways = new ArrayList<String>();
    if (flag != null) {
      ways.add(flag);
    }
    // the variable people know, where there is one beside the full name
    ways.add(environment.get(Math.min(1, environment.size() - 1)));
    ways.add(aliases.isEmpty() ? property : aliases.getFirst());
    return String.join(", ", ways.subList(0, ways.size() - 1)) + " or " + ways.getLast();
  }

  private static boolean isLifeTime(Duration time) {
    return time.isZero()
        || (time.compareTo(Duration.ofSeconds(30)) >= 0
            && time.compareTo(Duration.ofDays(30)) <= 0);
  }

  private static <T> Draft<T> named(String property, ValueType<T> type) {
    return new Draft<>(property, List.of(), List.of(variable(property)), null, type, null);
  }

  /** Stands at the top of the file too, as in the configuration of Flyte's runs service. */
  private static <T> Draft<T> database(String name, ValueType<T> type) {
    return Setting.<T>named("runs.database." + name, type).alias("database." + name);
  }

  private static Draft<Optional<Rate>> rate(String name) {
    return named("runs.rateLimit." + name, ValueType.rate());
  }

  private static <T> Draft<T> logger(String name, ValueType<T> type) {
    return Setting.<T>named("runs.logger." + name, type).alias("logger." + name);
  }

  /** The property in capitals, its words parted by underscores. */
  private static String variable(String property) {
    return property
        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
        .replaceAll("[.-]", "_")
        .toUpperCase(Locale.ROOT);
  }

  private record Draft<T>(
      String property,
      List<String> aliases,
      List<String> environment,
      @Nullable String flag,
      ValueType<T> type,
      @Nullable String fallback) {

    Draft<T> alias(String key) {
      return new Draft<>(property, and(aliases, key), environment, flag, type, fallback);
    }

    /** One more variable, weaker than those before. */
    Draft<T> env(String variable) {
      return new Draft<>(property, aliases, and(environment, variable), flag, type, fallback);
    }

    Draft<T> flag(String option) {
      return new Draft<>(property, aliases, environment, option, type, fallback);
    }

    Draft<T> or(String value) {
      return new Draft<>(property, aliases, environment, flag, type, value);
    }

    Setting<T> about(String text) {
      return new Setting<>(property, aliases, environment, flag, type, fallback, text);
    }

    private static List<String> and(List<String> names, String name) {
      return Stream.concat(names.stream(), Stream.of(name)).toList();
    }
  }
}
