package dev.runs.adapters.web.frame;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** In which colours somebody wants to see the console. */
public enum Theme {
  SYSTEM("As the system"),
  LIGHT("Light"),
  DARK("Dark");

  private final String title;

  Theme(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** As cookies and the page write it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Theme> ofWireName(String name) {
    return Arrays.stream(values()).filter(theme -> theme.wireName().equals(name)).findFirst();
  }
}
