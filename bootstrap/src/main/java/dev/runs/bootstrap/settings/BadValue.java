package dev.runs.bootstrap.settings;

/**
 * What is wrong with a value, as the rest of a sentence that begins with its name: {@code is not a
 * whole number}. It never repeats a secret.
 */
final class BadValue extends Exception {

  BadValue(String problem) {
    super(problem, null, false, false);
  }

  String problem() {
    return String.valueOf(getMessage());
  }
}
