package dev.runs.adapters.rest.problem;

import dev.runs.domain.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Gathers what is wrong with a request, so that its author learns of everything at once. */
public final class Faults {

  private final List<FieldError> errors = new ArrayList<>();

  public void add(FieldError error) {
    errors.add(error);
  }

  /**
   * Makes a value and takes note of it when it cannot be one.
   *
   * @param place what the value is made of
   */
  public <T> Optional<T> attempt(Place place, Supplier<T> made) {
    try {
      return Optional.of(made.get());
    } catch (Rejection rejection) {
      add(new FieldError(place, rejection.code(), rejection.sentence()));
      return Optional.empty();
    }
  }

  public List<FieldError> errors() {
    return List.copyOf(errors);
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  /**
   * @throws RequestRefused when anything was wrong
   */
  public void refuseIfAny() {
    if (!errors.isEmpty()) {
      throw new RequestRefused(Problem.invalid(errors));
    }
  }
}
