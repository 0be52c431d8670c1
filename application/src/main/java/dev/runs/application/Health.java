package dev.runs.application;

import java.util.Optional;

/** Whether the service can do its work. */
public interface Health {

  /**
   * Looks now, and does not take long.
   *
   * @return why requests cannot be answered, in one sentence for a person, without an address or a
   *     secret; nothing when they can: the database answers and has all migrations
   */
  Optional<String> problem();
}
