package dev.runs.adapters.rest.caller;

import dev.runs.adapters.rest.rate.Budget;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A route that takes one from a budget of its own, beside what every request takes. A route that
 * does many things at once has an {@link Allowance} as an argument and takes the others with it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Limited {
  Budget value();
}
