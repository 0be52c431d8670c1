package dev.runs.adapters.rest.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why a request is refused, as this surface tells it.
 *
 * @param status of the answer, as in HTTP
 * @param code stable, for programs; listed in {@code docs/error-codes.md}
 * @param message one sentence for a person
 * @param errors which parts of the request are wrong; none when it is not about a part
 * @param more further members of the document, by name
 * @param headers further headers of the answer, by name
 */
public record Problem(
    int status,
    String code,
    String message,
    List<FieldError> errors,
    Map<String, Object> more,
    Map<String, String> headers) {

  public Problem {
    errors = List.copyOf(errors);
    more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    headers = Map.copyOf(headers);
  }

  public static Problem of(Refusal refusal, String message) {
    return new Problem(refusal.status(), refusal.code(), message, List.of(), Map.of(), Map.of());
  }

  /** A request of which one part is wrong. */
  public static Problem invalid(FieldError error) {
    return invalid(List.of(error));
  }

  /**
   * A request of which some parts are wrong; the first one is told in the sentence.
   *
   * @param errors at least one
   */
  public static Problem invalid(List<FieldError> errors) {
    return of(Refusal.INVALID, errors.getFirst().message()).withErrors(errors);
  }

  public Problem withErrors(List<FieldError> errors) {
    return new Problem(status, code, message, errors, more, headers);
  }

  public Problem withStatus(int status) {
    return new Problem(status, code, message, errors, more, headers);
  }

  public Problem withMessage(String message) {
    return new Problem(status, code, message, errors, more, headers);
  }

  /** As this one, with one more member in the document. */
  public Problem with(String name, Object value) {
    var members = new LinkedHashMap<>(more);
    members.put(name, value);
    return new Problem(status, code, message, errors, members, headers);
  }

  public Problem withHeader(String name, String value) {
    var named = new LinkedHashMap<>(headers);
    named.put(name, value);
    return new Problem(status, code, message, errors, more, named);
  }
}
