package dev.runs.domain.secret;

import java.util.Arrays;
import java.util.Optional;

/** What an organization wants done with inputs that hold what looks like a credential. */
public enum CredentialCheck {
  REFUSE("refuse"),
  OFF("off");

  private final String wireName;

  CredentialCheck(String wireName) {
    this.wireName = wireName;
  }

  /** As surfaces and tables write it. */
  public String wireName() {
    return wireName;
  }

  public static Optional<CredentialCheck> ofWireName(String name) {
    return Arrays.stream(values()).filter(check -> check.wireName.equals(name)).findFirst();
  }
}
