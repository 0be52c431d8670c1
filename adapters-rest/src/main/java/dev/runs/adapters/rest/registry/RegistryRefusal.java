package dev.runs.adapters.rest.registry;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import dev.runs.adapters.rest.problem.FieldError;
import dev.runs.adapters.rest.problem.Place;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.Refusal;
import dev.runs.domain.run.StateName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A refusal in the words of the pipeline registry: a list of what is wrong with the request, or an
 * object with a code. Beside either stands the sentence, where its clients look for it.
 *
 * @param answered the problem with the status and the headers it is answered with
 * @param json the whole answer
 */
record RegistryRefusal(Problem answered, Object json) {

  private static final int UNPROCESSABLE = 422;
  private static final String AUTHORIZATION = "Authorization";

  /** The only parameter of a path that is not just found or not. */
  private static final String OF_PATH = "contract";

  /** What was told of a body or a query that cannot be read. */
  private static final Map<String, FieldError> UNREAD =
      Map.of(
          Refusal.MALFORMED_JSON.code(), unread(Place.BODY, "json_invalid"),
          Refusal.DUPLICATE_KEY.code(), unread(Place.BODY, "json_invalid"),
          Refusal.MALFORMED_QUERY.code(), unread(new Place.Parameter(""), "query_invalid"));

  /** Members that have another name on the other surfaces. */
  private static final Map<String, String> MEMBERS =
      Map.of("parentRunId", "parent_run_id", "projectId", "project_id");

  /** The statuses of requests that are wrong in some part. */
  private static final Set<Integer> OF_PARTS = Set.of(400, 404, UNPROCESSABLE);

  private record ListJson(List<ItemJson> detail, String message) {}

  private record ItemJson(String type, List<Object> loc, String msg) {}

  private record ObjectJson(DetailJson detail, String message) {}

  /**
   * @param reason the code that the other surfaces know
   */
  private record DetailJson(
      String code, String message, String reason, @JsonAnyGetter Map<String, Object> more) {}

  /**
   * @param headerOfKey in which the request shows a key; nothing when it shows none
   */
  static RegistryRefusal of(Problem problem, Optional<String> headerOfKey) {
    var parts = parts(problem);
    if (!parts.isEmpty()) {
      var items = parts.stream().map(RegistryRefusal::item).toList();
      return new RegistryRefusal(
          problem.withStatus(UNPROCESSABLE), new ListJson(items, renamed(problem.message())));
    }
    if (problem.code().equals(Refusal.UNAUTHORIZED.code()) && headerOfKey.isPresent()) {
      return headerOfKey.get().equals(AUTHORIZATION)
          ? object(problem.withMessage("Invalid token"), "INVALID_TOKEN")
          : object(problem.withStatus(403).withMessage("Invalid API key"), "INVALID_API_KEY");
    }
    return object(problem, code(problem.status()));
  }

  /** Which parts of the request are wrong, when it is about such; nothing found is about a path. */
  private static List<FieldError> parts(Problem problem) {
    var unread = UNREAD.get(problem.code());
    if (unread != null) {
      return List.of(new FieldError(unread.place(), unread.code(), problem.message()));
    }
    if (!OF_PARTS.contains(problem.status())) {
      return List.of();
    }
    return problem.errors().stream()
        .filter(error -> problem.status() != 404 || error.place() instanceof Place.Pointer)
        .toList();
  }

  private static FieldError unread(Place place, String type) {
    return new FieldError(place, type, "");
  }

  private static ItemJson item(FieldError error) {
    var type = error.code().equals(FieldError.REQUIRED) ? "missing" : error.code();
    return new ItemJson(type, location(error.place()), renamed(error.message()));
  }

  private static List<Object> location(Place place) {
    return switch (place) {
      case Place.Pointer(var pointer) -> inBody(pointer);
      case Place.Parameter(var name) when name.equals(OF_PATH) -> List.of("path", "contract_id");
      case Place.Parameter(var name) -> name.isEmpty() ? List.of("query") : List.of("query", name);
      case Place.Header(var name) -> List.of("header", name);
    };
  }

  private static List<Object> inBody(String pointer) {
    var location = new ArrayList<Object>();
    location.add("body");
    if (!pointer.isEmpty()) {
      for (var step : pointer.substring(1).split("/", -1)) {
        location.add(
            step.matches("\\d{1,9}")
                ? Integer.valueOf(step)
                : renamed(step.replace("~1", "/").replace("~0", "~")));
      }
    }
    return location;
  }

  private static String renamed(String text) {
    var renamed = text;
    for (var member : MEMBERS.entrySet()) {
      renamed = renamed.replace(member.getKey(), member.getValue());
    }
    return renamed;
  }

  private static RegistryRefusal object(Problem problem, String code) {
    var sentence = renamed(problem.message());
    return new RegistryRefusal(
        problem,
        new ObjectJson(new DetailJson(code, sentence, problem.code(), members(problem)), sentence));
  }

  /** What only some problems tell, with the words of this surface beside those of the others. */
  private static Map<String, Object> members(Problem problem) {
    var members = new LinkedHashMap<String, Object>();
    problem
        .more()
        .forEach((name, value) -> {
          members.put(snaked(name), value);
          if (name.equals("currentState")) {
            members.put("current_status", word(value));
          }
          if (name.equals("allowedTransitions") && value instanceof Collection<?> states) {
            members.put(
                "allowed_statuses", states.stream().map(RegistryRefusal::word).distinct().toList());
          }
        });
    return members;
  }

  private static String word(Object state) {
    return StateName.ofWireName(state.toString())
        .map(RegistryStatus::of)
        .map(RegistryStatus::word)
        .orElseThrow();
  }

  private static String snaked(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static String code(int status) {
    return switch (status) {
      case 400 -> "BAD_REQUEST";
      case 401 -> "UNAUTHORIZED";
      case 403 -> "NOT_AUTHORIZED";
      case 404 -> "NOT_FOUND";
      case 405 -> "METHOD_NOT_ALLOWED";
      case 409 -> "CONFLICT";
      case 413 -> "PAYLOAD_TOO_LARGE";
      case 415 -> "UNSUPPORTED_MEDIA_TYPE";
      case UNPROCESSABLE -> "VALIDATION_ERROR";
      case 429 -> "RATE_LIMITED";
      case 501 -> "NOT_IMPLEMENTED";
      default -> status < 500 ? "REQUEST_REFUSED" : "INTERNAL_ERROR";
    };
  }
}
