package dev.runs.adapters.rest.request;

/** Which texts can be kept. */
final class Texts {

  private Texts() {}

  /** Whether a text has a NUL, which PostgreSQL cannot keep, or half a surrogate pair. */
  static boolean isUnstorable(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return true;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return true;
        }
      }
    }
    return false;
  }
}
