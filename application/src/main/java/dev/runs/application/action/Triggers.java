package dev.runs.application.action;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.action.Trigger;
import dev.runs.domain.action.TriggerName;
import java.util.Optional;

/** What starts runs without anybody doing so by hand. */
public interface Triggers {

  Optional<Trigger> find(OrganizationId organization, TriggerName name);

  /** Adds the trigger, or puts it in the place of the one of its name. */
  void save(Trigger trigger);
}
