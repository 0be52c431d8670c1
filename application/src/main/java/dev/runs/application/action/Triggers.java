package dev.runs.application.action;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.action.Trigger;
import dev.runs.domain.action.TriggerName;
import java.util.Optional;

/** What starts runs without anybody doing so by hand. */
public interface Triggers {

  Optional<Trigger> find(OrganizationId organization, TriggerName name);

  /**
   * Adds a first revision, or puts another in the place of the one before it.
   *
   * @return false when somebody else was quicker, and nothing was changed
   */
  boolean save(Trigger trigger);
}
