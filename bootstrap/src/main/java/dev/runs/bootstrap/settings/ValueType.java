package dev.runs.bootstrap.settings;

import dev.runs.adapters.rest.rate.AddressBlock;
import dev.runs.adapters.rest.rate.Rate;
import dev.runs.domain.Rejection;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.GroupRoles;
import dev.runs.domain.access.GroupRoles.Grant;
import dev.runs.domain.access.Role;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.UnitPrice;
import dev.runs.domain.retention.RetentionPolicy;
import dev.runs.domain.retention.RetentionRejected;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a setting may be: the words for it, and how it is read.
 *
 * @param allowed for the documentation and for who wrote something else
 * @param secret whether a refusal must not repeat the value
 */
record ValueType<T>(String allowed, boolean secret, Reading<T> reading) {

  /** What is written where there is to be no limit. */
  static final String UNLIMITED = "unlimited";

  /** The word for what is never removed. */
  static final String NEVER = "never";

  private static final Pattern RATE = Pattern.compile("(\\d{1,7})/([smh])");

  /** Reads a value as it was written. */
  interface Reading<T> {
    T read(Raw raw) throws BadValue;
  }

  private interface TextReading<T> {
    T read(String text) throws BadValue;
  }

  private static <T> ValueType<T> of(String allowed, TextReading<T> reading) {
    return new ValueType<>(allowed, false, raw -> reading.read(oneValue(raw)));
  }

  private static <T> ValueType<T> secret(String allowed, TextReading<T> reading) {
    return new ValueType<>(allowed, true, raw -> reading.read(oneValue(raw)));
  }

  static ValueType<Integer> integer(int least, int most) {
    return of(
        "a whole number from %d to %d".formatted(least, most),
        text -> {
          int value;
          try {
            value = Integer.parseInt(text);
          } catch (NumberFormatException _) {
            throw new BadValue("is not a whole number");
          }
          if (value < least || value > most) {
            throw new BadValue("is out of range");
          }
          return value;
        });
  }

  /** Bytes, or 1,024 or 1,048,576 of them with a unit behind. */
  static ValueType<Integer> byteSize(int least, int most, String allowed) {
    return of(
        allowed,
        text -> {
          var size = ByteSize.parse(text);
          if (size < least || size > most) {
            throw new BadValue("is out of range");
          }
          return (int) size;
        });
  }

  static ValueType<Duration> duration(String allowed, Predicate<Duration> isAllowed) {
    return of(
        allowed,
        text -> {
          var duration = Durations.parse(text);
          if (!isAllowed.test(duration)) {
            throw new BadValue("is out of range");
          }
          return duration;
        });
  }

  static ValueType<Boolean> bool() {
    return of(
        "`true` or `false`",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new BadValue("is neither true nor false");
            });
  }

  static ValueType<LogFormat> logFormat() {
    return of("`text` or `json`", LogFormat::parse);
  }

  static ValueType<LogLevel> logLevel() {
    return of(
        "`error`, `warn`, `info`, `debug`, `trace`, or a number from 0 to 6 (0 to 2 are `error`, 3"
            + " `warn`, 4 `info`, 5 `debug`, 6 `trace`)",
        LogLevel::parse);
  }

  static ValueType<String> word(String allowed) {
    return of(
        allowed,
        text -> {
          if (text.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw new BadValue("has a space in it");
          }
          return text;
        });
  }

  static ValueType<String> text(String allowed) {
    return of(allowed, text -> text);
  }

  /** An id or an external id. */
  static ValueType<String> organization() {
    return of(
        "a text of 1 to " + ExternalId.MOST_CHARACTERS + " characters",
        text -> {
          if (text.length() > ExternalId.MOST_CHARACTERS) {
            throw new BadValue("is too long");
          }
          return text;
        });
  }

  static ValueType<Path> file(String allowed) {
    return of(allowed, SqliteAddress::file);
  }

  static ValueType<Secret> password() {
    return new ValueType<>("text", true, raw -> new Secret(untouched(raw)));
  }

  static ValueType<Secret> key() {
    return secret(
        "1 to 512 visible ASCII characters",
        text -> {
          if (text.length() > 512 || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new BadValue("cannot be sent in an HTTP header");
          }
          return new Secret(text);
        });
  }

  static ValueType<DatabaseAddress> databaseUrl() {
    return secret(
        "`postgres://…`, `postgresql://…`, `jdbc:postgresql:…`, `sqlite:…`, `file:…` or"
            + " `jdbc:sqlite:…`",
        text -> SqliteAddress.isOne(text) ? SqliteAddress.parse(text) : PostgresUrl.parse(text));
  }

  static ValueType<String> databaseHost() {
    return of("a host name or address", PostgresUrl::host);
  }

  static ValueType<Map<String, String>> libpqOptions() {
    return secret(
        "`key=value` pairs as libpq has them, with spaces between", LibpqOption::parseAll);
  }

  /** The base address of a server; user and password in it are refused, for it is logged. */
  static ValueType<URI> httpUrl() {
    return secret("an `http://` or `https://` address without user and password", HttpAddress::url);
  }

  /** The name of an OpenID Connect provider, which is compared character by character. */
  static ValueType<String> issuer() {
    return secret(
        "an `http://` or `https://` address without user and password",
        text -> {
          HttpAddress.url(text);
          return text;
        });
  }

  static ValueType<List<String>> words(String list) {
    return new ValueType<>(
        list + " of words",
        false,
        raw -> {
          var words = itemsOf(raw);
          if (words.stream().anyMatch(word -> word.chars().anyMatch(Character::isWhitespace))) {
            throw new BadValue("has a word with a space in it");
          }
          return List.copyOf(words);
        });
  }

  static ValueType<GroupRoles> groupRoles() {
    return new ValueType<>(
        "a mapping (in one value: `group=grant,group=grant`) of groups to one or more grants with"
            + " spaces between: `platform-admin`, or an organization's external id with `:viewer`,"
            + " `:operator` or `:admin`",
        false,
        raw -> {
          var grants = new LinkedHashMap<String, Set<Grant>>();
          for (var entry : entriesOf(raw).entrySet()) {
            var given = new LinkedHashSet<Grant>();
            for (var text : entry.getValue().strip().split("\\s+")) {
              given.add(grant(entry.getKey(), text));
            }
            grants.put(entry.getKey(), given);
          }
          return new GroupRoles(grants);
        });
  }

  static ValueType<List<String>> origins() {
    return new ValueType<>(
        "a list (in one value: separated by commas) of origins such as `https://console.example`,"
            + " or `*`",
        false,
        raw -> {
          var origins = new ArrayList<String>();
          for (var item : itemsOf(raw)) {
            origins.add(HttpAddress.origin(item));
          }
          return List.copyOf(origins);
        });
  }

  static ValueType<List<AddressBlock>> addressBlocks() {
    return new ValueType<>(
        "a list (in one value: separated by commas) of addresses, or of blocks such as"
            + " `10.0.0.0/8`",
        false,
        raw -> {
          var blocks = new ArrayList<AddressBlock>();
          for (var item : itemsOf(raw)) {
            blocks.add(addressBlock(item));
          }
          return List.copyOf(blocks);
        });
  }

  /** How often something may happen; nothing when it may at any rate. */
  static ValueType<Optional<Rate>> rate() {
    return of(
        "a number from 1 to %d by the second, minute or hour, such as `100/s`, `100/m` or `100/h`;"
                .formatted(Rate.MOST)
            + " or `%s`".formatted(UNLIMITED),
        text -> text.equals(UNLIMITED) ? Optional.empty() : Optional.of(limitedRate(text)));
  }

  /** How many days something is kept; nothing for ever. */
  static ValueType<Optional<Integer>> days() {
    return of(
        "a whole number from %d to %d, or `%s`"
            .formatted(RetentionPolicy.FEWEST_DAYS, RetentionPolicy.MOST_DAYS, NEVER),
        text -> text.equals(NEVER) ? Optional.empty() : Optional.of(retentionDays(text)));
  }

  static ValueType<Map<CostName, UnitPrice>> prices() {
    return new ValueType<>(
        "a mapping (in one value: `name=cents,name=cents`) of cost names to US cents per unit, each"
            + " from 0 to below 1000000",
        false,
        raw -> {
          var prices = new LinkedHashMap<CostName, UnitPrice>();
          for (var entry : entriesOf(raw).entrySet()) {
            prices.put(costName(entry.getKey()), unitPrice(entry.getKey(), entry.getValue()));
          }
          return Collections.unmodifiableMap(prices);
        });
  }

  T read(Raw raw) throws BadValue {
    return reading.read(raw);
  }

  private static String oneValue(Raw raw) throws BadValue {
    return untouched(raw).strip();
  }

  private static String untouched(Raw raw) throws BadValue {
    return switch (raw) {
      case Raw.Text(var value) -> value;
      case Raw.Items _ -> throw new BadValue("is a list where one value belongs");
      case Raw.Entries _ -> throw new BadValue("is a mapping where one value belongs");
    };
  }

  private static List<String> itemsOf(Raw raw) throws BadValue {
    return switch (raw) {
      case Raw.Text(var value) ->
          Arrays.stream(value.split(",")).map(String::strip).filter(v -> !v.isEmpty()).toList();
      case Raw.Items(var values) -> values;
      case Raw.Entries _ -> throw new BadValue("is a mapping where a list belongs");
    };
  }

  private static Map<String, String> entriesOf(Raw raw) throws BadValue {
    return switch (raw) {
      case Raw.Entries(var values) -> values;
      case Raw.Items _ -> throw new BadValue("is a list where a mapping belongs");
      case Raw.Text(var value) -> pairs(value);
    };
  }

  private static Map<String, String> pairs(String value) throws BadValue {
    var pairs = new LinkedHashMap<String, String>();
    for (var pair : value.split(",")) {
      var end = pair.lastIndexOf('=');
      if (end < 0) {
        throw new BadValue("has an entry without = in it");
      }
      if (pairs.put(pair.substring(0, end).strip(), pair.substring(end + 1).strip()) != null) {
        throw new BadValue("has the same name twice");
      }
    }
    return pairs;
  }

  private static AddressBlock addressBlock(String text) throws BadValue {
    try {
      return AddressBlock.parse(text);
    } catch (IllegalArgumentException _) {
      throw new BadValue("has an entry that is neither an address nor a block: " + text);
    }
  }

  private static int retentionDays(String text) throws BadValue {
    try {
      return RetentionPolicy.ofDays(Integer.parseInt(text), Integer.parseInt(text))
          .otherDays()
          .orElseThrow();
    } catch (NumberFormatException _) {
      throw new BadValue("is no whole number");
    } catch (RetentionRejected _) {
      throw new BadValue("is out of range");
    }
  }

  private static Rate limitedRate(String text) throws BadValue {
    var parts = RATE.matcher(text);
    if (!parts.matches()) {
      throw new BadValue("is no rate such as 100/s");
    }
    var period =
        switch (parts.group(2)) {
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    try {
      return new Rate(Integer.parseInt(parts.group(1)), period);
    } catch (IllegalArgumentException _) {
      throw new BadValue("is out of range");
    }
  }

  private static Grant grant(String group, String text) throws BadValue {
    if (text.equals("platform-admin")) {
      return new Grant.PlatformAdmin();
    }
    var colon = text.lastIndexOf(':');
    var role = Role.ofWireName(text.substring(colon + 1));
    if (colon < 1 || role.isEmpty()) {
      throw new BadValue("has for %s a grant that is none: %s".formatted(group, text));
    }
    return new Grant.In(new ExternalId(text.substring(0, colon)), role.get());
  }

  private static CostName costName(String name) throws BadValue {
    try {
      return new CostName(name);
    } catch (Rejection rejection) {
      throw new BadValue("has a bad cost name: " + rejection.getMessage());
    }
  }

  private static UnitPrice unitPrice(String name, String cents) throws BadValue {
    try {
      return new UnitPrice(new BigDecimal(cents));
    } catch (NumberFormatException _) {
      throw new BadValue("has for %s a price that is not a decimal number".formatted(name));
    } catch (Rejection rejection) {
      throw new BadValue("has a bad price for %s: %s".formatted(name, rejection.getMessage()));
    }
  }
}
