package dev.runs.adapters.rest.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A problem document of RFC 9457. Beside its own members it has {@code code} for programs, and
 * {@code error}, where clients of the cost tracker look for the sentence.
 *
 * @param more members that only some problems have
 */
public record ProblemJson(
    String type,
    String title,
    int status,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String instance,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String requestId,
    String code,
    String error,
    List<ErrorJson> errors,
    @JsonAnyGetter Map<String, Object> more) {

  /** A part of the request; exactly one of the first three members says which. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ErrorJson(
      @Nullable String pointer,
      @Nullable String parameter,
      @Nullable String header,
      String code,
      String message) {

    static ErrorJson of(FieldError error) {
      var code = error.code();
      var message = error.message();
      return switch (error.place()) {
        case Place.Pointer(var pointer) -> new ErrorJson(pointer, null, null, code, message);
        case Place.Parameter(var name) -> new ErrorJson(null, name, null, code, message);
        case Place.Header(var name) -> new ErrorJson(null, null, name, code, message);
      };
    }
  }

  /** The problem of one item of a request. */
  public static ProblemJson ofItem(Problem problem) {
    return of(problem, null, null);
  }

  /**
   * The problem of a whole request.
   *
   * @param instance the path that was asked for
   */
  static ProblemJson of(Problem problem, @Nullable String instance, @Nullable String requestId) {
    return new ProblemJson(
        "urn:runs:error:" + problem.code(),
        title(problem.status()),
        problem.status(),
        problem.message(),
        instance,
        requestId,
        problem.code(),
        problem.message(),
        problem.errors().stream().map(ErrorJson::of).toList(),
        problem.more());
  }

  private static String title(int status) {
    var known = HttpStatus.resolve(status);
    return known == null ? "Error" : known.getReasonPhrase();
  }
}
