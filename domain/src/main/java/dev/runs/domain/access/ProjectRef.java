package dev.runs.domain.access;

import java.util.UUID;

/** What a request calls a project. */
public sealed interface ProjectRef {

  /** By its id. */
  record ById(ProjectId id) implements ProjectRef {}

  /** By its slug. */
  record BySlug(Slug slug) implements ProjectRef {}

  /**
   * Reads a text that holds one or the other.
   *
   * @throws AccessRejected.BadSlug when it holds neither
   */
  static ProjectRef of(String text) {
    if (text.length() == 36 && text.charAt(8) == '-') {
      try {
        return new ById(new ProjectId(UUID.fromString(text)));
      } catch (IllegalArgumentException e) {
        return new BySlug(new Slug(text));
      }
    }
    return new BySlug(new Slug(text));
  }
}
