package dev.runs.adapters.rest.request;

import dev.runs.adapters.rest.json.Json;
import dev.runs.adapters.rest.problem.Faults;
import dev.runs.adapters.rest.problem.FieldError;
import dev.runs.adapters.rest.problem.Place;
import dev.runs.adapters.rest.problem.Place.Pointer;
import dev.runs.domain.Rejection;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.secret.Input;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of a JSON object, read one by one. What is wrong is noted and reads as absent; {@code
 * null} reads as absent too. Members that nobody asks for are ignored.
 */
public final class Fields {

  /** Whole numbers that fit into a long whatever their digits are. */
  private static final int MOST_WHOLE_DIGITS = 18;

  /**
   * The most digits, and the largest exponent, of a number that is calculated with or written out.
   */
  private static final int MOST_DIGITS = 38;

  private final ObjectNode object;
  private final Pointer place;
  private final Faults faults;

  public Fields(ObjectNode object, Pointer place, Faults faults) {
    this.object = object;
    this.place = place;
    this.faults = faults;
  }

  /** The members of a whole body. */
  public static Fields of(Body body) {
    return new Fields(body.object(), Place.BODY, new Faults());
  }

  /** As it was sent. */
  public ObjectNode object() {
    return object;
  }

  /** All members, as the core looks at what clients give. */
  public Input input() {
    return Json.input(object);
  }

  public Faults faults() {
    return faults;
  }

  public Pointer place(String name) {
    return place.member(name);
  }

  /** Whether the object has such a member, be it null. */
  public boolean has(String name) {
    return object.has(name);
  }

  public boolean isNull(String name) {
    return object.path(name).isNull();
  }

  /**
   * Notes those of these members that JavaScript takes for nothing: absent, null, empty, 0, false.
   * <em>Source: the cost tracker.</em>
   */
  public Fields requireTruthy(String... names) {
    for (var name : names) {
      if (isFalsy(object.get(name))) {
        require(name);
      }
    }
    return this;
  }

  private static boolean isFalsy(@Nullable JsonNode value) {
    return value == null
        || value.isNull()
        || (value.isString() && value.stringValue().isEmpty())
        || (value.isBoolean() && !value.booleanValue())
        || (value.isNumber() && value.decimalValue().signum() == 0);
  }

  /** A text. */
  public Optional<String> text(String name) {
    return present(name).flatMap(value -> text(name, value));
  }

  /** A text, or a number that is taken as text. */
  public Optional<String> textOrNumber(String name) {
    return present(name)
        .flatMap(value -> value.isNumber() ? numberAsText(name, value) : text(name, value));
  }

  /** Something made of what a member holds; its refusal is noted. */
  public <V, T> Optional<T> made(String name, Optional<V> value, Function<V, T> made) {
    return value.flatMap(held -> attempt(name, () -> made.apply(held)));
  }

  /** Something made of some members; its refusal is noted at the one it names, or else at this. */
  public <T> Optional<T> attempt(String name, Supplier<T> made) {
    try {
      return Optional.of(made.get());
    } catch (Rejection rejection) {
      var wrong = rejection instanceof RunRejected.BadField bad ? bad.field() : name;
      faults.add(new FieldError(place(wrong), rejection.code(), rejection.sentence()));
      return Optional.empty();
    }
  }

  public Optional<UUID> uuid(String name) {
    return text(name).flatMap(text -> noted(name, UuidText.read(text), "must be a UUID"));
  }

  /** An id, or nothing where it is an empty text. */
  public Optional<UUID> uuidUnlessEmpty(String name) {
    return text(name)
        .filter(text -> !text.isEmpty())
        .flatMap(text -> noted(name, UuidText.read(text), "must be a UUID"));
  }

  /** A number, or a text that is one; exactly as it is written. */
  public Optional<BigDecimal> decimal(String name) {
    return present(name)
        .flatMap(value -> {
          if (value.isNumber()) {
            return Optional.of(value.decimalValue());
          }
          return noted(
              name,
              value.isString() ? Numbers.read(value.stringValue()) : Optional.empty(),
              "must be a number");
        });
  }

  /**
   * A whole number between two bounds, both included; what lies outside is noted in words that name
   * them.
   */
  public Optional<Long> whole(String name, long least, long most) {
    return present(name)
        .flatMap(value ->
            noted(
                name,
                wholeNumber(value).filter(number -> least <= number && number <= most),
                "must be a whole number from %d to %d".formatted(least, most)));
  }

  private static Optional<Long> wholeNumber(JsonNode value) {
    if (!value.isNumber()) {
      return Optional.empty();
    }
    var number = value.decimalValue();
    return number.precision() - number.scale() > MOST_WHOLE_DIGITS
            || number.scale() > MOST_WHOLE_DIGITS
            || number.stripTrailingZeros().scale() > 0
        ? Optional.empty()
        : Optional.of(number.longValueExact());
  }

  /**
   * Any JSON value, written compactly; what no database can keep is noted: a text with a NUL or
   * half a surrogate pair, and a number beyond {@value JsonDocuments#MOST_DIGITS} digits.
   */
  public Optional<String> document(String name) {
    if (!object.has(name)) {
      return Optional.empty();
    }
    var value = object.get(name);
    var fault = JsonDocuments.fault(value);
    fault.ifPresent(sentence -> refuse(name, name + " " + sentence));
    return fault.isPresent() ? Optional.empty() : Optional.of(Json.text(value));
  }

  /** The members of an object; what is no object is noted. */
  public Optional<Fields> object(String name) {
    return present(name)
        .flatMap(value -> {
          if (value instanceof ObjectNode members) {
            return Optional.of(new Fields(members, place(name), faults));
          }
          refuse(name, name + " must be an object");
          return Optional.empty();
        });
  }

  /**
   * The objects of an array; what is no array, or a longer one, is noted, and so is an element that
   * is no object.
   *
   * @param most how many it may have
   */
  public Optional<List<Fields>> objects(String name, int most) {
    return present(name)
        .flatMap(value -> {
          if (!value.isArray() || value.size() > most) {
            refuse(name, "%s must be an array of at most %d objects".formatted(name, most));
            return Optional.empty();
          }
          var objects = new ArrayList<Fields>();
          for (var i = 0; i < value.size(); i++) {
            var at = place(name).element(i);
            if (value.get(i) instanceof ObjectNode members) {
              objects.add(new Fields(members, at, faults));
            } else {
              faults.add(FieldError.invalid(at, "an item must be a JSON object"));
            }
          }
          return Optional.of(objects);
        });
  }

  /** A number between two bounds, both included; what lies outside, or is no number, is noted. */
  public Optional<BigDecimal> number(String name, long least, long most) {
    return present(name)
        .flatMap(value ->
            noted(
                name,
                Optional.of(value)
                    .filter(JsonNode::isNumber)
                    .map(JsonNode::decimalValue)
                    .filter(Fields::isHandy)
                    .filter(number ->
                        number.compareTo(BigDecimal.valueOf(least)) >= 0
                            && number.compareTo(BigDecimal.valueOf(most)) <= 0),
                "must be a number from %d to %d".formatted(least, most)));
  }

  /** True or false; nothing when there is none. */
  public Optional<Boolean> flag(String name) {
    return present(name)
        .flatMap(value ->
            noted(
                name,
                value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty(),
                "must be true or false"));
  }

  public Optional<Instant> instant(String name) {
    return text(name)
        .flatMap(text -> noted(name, Dates.read(text), "must be a date and time in ISO 8601"));
  }

  /**
   * The texts of an array; nothing when there is none, or when it is wrong in any way.
   *
   * @param most how many it may have
   */
  public Optional<List<String>> texts(String name, int most) {
    return present(name)
        .flatMap(value -> {
          if (!value.isArray() || value.size() > most) {
            refuse(name, "%s must be an array of at most %d strings".formatted(name, most));
            return Optional.empty();
          }
          var texts = new ArrayList<String>();
          for (var element : value) {
            if (!element.isString() || Texts.isUnstorable(element.stringValue())) {
              refuse(name, name + " must hold strings only");
              return Optional.empty();
            }
            texts.add(element.stringValue());
          }
          return Optional.of(texts);
        });
  }

  public boolean flag(String name, boolean otherwise) {
    return flag(name).orElse(otherwise);
  }

  /**
   * The elements of an array; nothing when it is no array. An element that is no object is noted
   * and reads as an empty one.
   *
   * @param faultsOf where to note what is wrong with the element of an index
   */
  public Optional<List<Fields>> items(String name, IntFunction<Faults> faultsOf) {
    if (!object.path(name).isArray()) {
      return Optional.empty();
    }
    var items = new ArrayList<Fields>();
    for (var element : object.path(name)) {
      var index = items.size();
      items.add(item(element, place(name).element(index), faultsOf.apply(index)));
    }
    return Optional.of(items);
  }

  private static Fields item(JsonNode element, Pointer place, Faults faults) {
    if (element instanceof ObjectNode object) {
      return new Fields(object, place, faults);
    }
    faults.add(FieldError.invalid(place, "an item must be a JSON object"));
    return new Fields(JsonNodeFactory.instance.objectNode(), place, faults);
  }

  /** Notes that a member must be there. */
  public void require(String name) {
    requireAs(name, name + " is required");
  }

  /** Notes, in this sentence, that a member must be there. */
  public void requireAs(String name, String sentence) {
    faults.add(FieldError.required(place(name), sentence));
  }

  /** Notes that a member must be there when it is not. */
  public <T> Optional<T> required(String name, Optional<T> value) {
    if (value.isEmpty() && present(name).isEmpty()) {
      require(name);
    }
    return value;
  }

  /** Notes what is wrong with a member. */
  public void refuse(String name, String sentence) {
    faults.add(FieldError.invalid(place(name), sentence));
  }

  private Optional<JsonNode> present(String name) {
    return Optional.ofNullable(object.get(name)).filter(value -> !value.isNull());
  }

  private Optional<String> text(String name, JsonNode value) {
    if (!value.isString()) {
      refuse(name, name + " must be a string");
      return Optional.empty();
    }
    var text = value.stringValue();
    if (Texts.isUnstorable(text)) {
      refuse(name, name + " has a character that cannot be kept");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private Optional<String> numberAsText(String name, JsonNode value) {
    var number = value.decimalValue();
    if (!isHandy(number)) {
      refuse(name, name + " must be a string");
      return Optional.empty();
    }
    return Optional.of(number.stripTrailingZeros().toPlainString());
  }

  private static boolean isHandy(BigDecimal number) {
    return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
  }

  private <T> Optional<T> noted(String name, Optional<T> value, String sentence) {
    if (value.isEmpty()) {
      refuse(name, name + " " + sentence);
    }
    return value;
  }
}
