package dev.runs.adapters.rest.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runs.adapters.rest.problem.Faults;
import dev.runs.adapters.rest.problem.FieldError;
import dev.runs.adapters.rest.problem.Place;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.Refusal;
import dev.runs.adapters.rest.problem.RequestRefused;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query, read one by one. What is wrong is noted and reads as absent; so does
 * an empty value. Parameters that nobody asks for are ignored.
 */
public final class Query {

  private static final Pattern NOT_ASCII = Pattern.compile("[^\\p{ASCII}]+");

  private final Map<String, List<String>> parameters;
  private final Faults faults = new Faults();

  private Query(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /**
   * @param query as it stands in the address, behind the question mark; null when there is none
   * @throws RequestRefused when it is not well encoded
   */
  public static Query of(@Nullable String query) {
    var parameters = new HashMap<String, List<String>>();
    for (var pair : query == null ? new String[0] : query.split("&")) {
      var end = pair.indexOf('=');
      var name = decoded(end < 0 ? pair : pair.substring(0, end));
      var value = end < 0 ? "" : decoded(pair.substring(end + 1));
      if (!value.isEmpty()) {
        parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      }
    }
    return new Query(parameters);
  }

  /** Decodes strictly: a filter that is read as another one finds something else, or nothing. */
  private static String decoded(String text) {
    try {
      var ascii =
          NOT_ASCII.matcher(text).replaceAll(found -> URLEncoder.encode(found.group(), UTF_8));
      var bytes = URLDecoder.decode(ascii, ISO_8859_1).getBytes(ISO_8859_1);
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new RequestRefused(
          Problem.of(Refusal.MALFORMED_QUERY, "The query is not well encoded"));
    }
  }

  public boolean has(String name) {
    return parameters.containsKey(name);
  }

  public Optional<String> text(String name) {
    var values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      refuse(name, name + " is given more than once");
      return Optional.empty();
    }
    if (values.stream().anyMatch(Texts::isUnstorable)) {
      refuse(name, name + " has a character that cannot be kept");
      return Optional.empty();
    }
    return values.stream().findFirst();
  }

  /** All values of a parameter that may be given several times. */
  public List<String> texts(String name) {
    return List.copyOf(parameters.getOrDefault(name, List.of()));
  }

  /** A text of which something is made; its refusal is noted. */
  public <T> Optional<T> text(String name, Function<String, T> made) {
    return text(name)
        .flatMap(text -> faults.attempt(new Place.Parameter(name), () -> made.apply(text)));
  }

  public Optional<UUID> uuid(String name) {
    return text(name).flatMap(text -> noted(name, UuidText.read(text), "must be a UUID"));
  }

  public Optional<Instant> instant(String name) {
    return text(name)
        .flatMap(text -> noted(name, Dates.read(text), "must be a date and time in ISO 8601"));
  }

  /**
   * How many entries a page is to have: what is no number, or zero, asks for the usual number; what
   * is too large, for the most there are. <em>Source: the cost tracker.</em>
   *
   * @param usual when nothing is asked for
   */
  public int limit(int usual, int most) {
    var asked = whole("limit").filter(number -> number.signum() != 0);
    return asked.map(number -> number.min(BigDecimal.valueOf(most)).intValueExact()).orElse(usual);
  }

  /** How many entries to pass over: what is no number passes over none. */
  public int offset(int most) {
    var asked = whole("offset").orElse(BigDecimal.ZERO);
    if (asked.compareTo(BigDecimal.valueOf(most)) > 0) {
      refuse("offset", "offset must be at most " + most + "; a cursor leads further");
      return 0;
    }
    return asked.intValueExact();
  }

  /** A number from 1 to a limit. */
  public int between1And(int most, String name) {
    return between(1, most, name, most);
  }

  /**
   * A whole number between two bounds, both included; what lies outside is noted.
   *
   * @param usual when nothing is asked for
   */
  public int between(int least, int most, String name, int usual) {
    var asked = text(name);
    if (asked.isEmpty()) {
      return usual;
    }
    var number = asked.flatMap(Numbers::read).filter(Query::isWhole);
    if (number.isEmpty()
        || number.get().compareTo(BigDecimal.valueOf(least)) < 0
        || number.get().compareTo(BigDecimal.valueOf(most)) > 0) {
      refuse(name, "%s must be a whole number from %d to %d".formatted(name, least, most));
      return usual;
    }
    return number.get().intValueExact();
  }

  /** Notes what is wrong with a parameter. */
  public void refuse(String name, String sentence) {
    faults.add(FieldError.invalid(new Place.Parameter(name), sentence));
  }

  /** Notes that a parameter must be there. */
  public void require(String name, String sentence) {
    faults.add(FieldError.required(new Place.Parameter(name), sentence));
  }

  /**
   * @throws RequestRefused when anything that was read so far was wrong
   */
  public void refuseIfWrong() {
    faults.refuseIfAny();
  }

  private Optional<BigDecimal> whole(String name) {
    var number = text(name).flatMap(Numbers::read);
    if (number.isPresent() && (number.get().signum() < 0 || !isWhole(number.get()))) {
      refuse(name, name + " must be a whole number, not negative");
      return Optional.empty();
    }
    return number;
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }

  private <T> Optional<T> noted(String name, Optional<T> value, String sentence) {
    if (value.isEmpty()) {
      refuse(name, name + " " + sentence);
    }
    return value;
  }
}
