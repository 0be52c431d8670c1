package dev.runs.adapters.rest.problem;

/**
 * What is wrong with one part of a request.
 *
 * @param code stable, for programs
 * @param message for people
 */
public record FieldError(Place place, String code, String message) {

  /** Something that must be there is not. */
  public static final String REQUIRED = "field.required";

  /** Something is there and is not what it must be. */
  public static final String INVALID = "field.invalid";

  public static FieldError required(Place place, String message) {
    return new FieldError(place, REQUIRED, message);
  }

  public static FieldError invalid(Place place, String message) {
    return new FieldError(place, INVALID, message);
  }
}
