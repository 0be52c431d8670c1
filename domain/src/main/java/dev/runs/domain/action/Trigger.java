package dev.runs.domain.action;

import dev.runs.domain.access.OrganizationId;
import org.jspecify.annotations.Nullable;

/**
 * Something that starts runs of a task.
 *
 * @param revision counted from 1
 * @param type what kind of trigger it is, such as {@code TYPE_SCHEDULE}; null when unknown
 * @param automation when and how it starts runs; null when unknown
 * @param inputs what its runs are given; null for nothing
 * @param runSpec how its runs are executed; null for nothing special
 */
public record Trigger(
    OrganizationId organization,
    TriggerName name,
    long revision,
    @Nullable String type,
    @Nullable Document automation,
    TaskGiven task,
    @Nullable Document inputs,
    @Nullable Document runSpec) {

  /** The same in another revision. */
  public Trigger ofRevision(long other) {
    return new Trigger(organization, name, other, type, automation, task, inputs, runSpec);
  }

  public TriggerFacts facts() {
    return new TriggerFacts(name, revision, type, automation);
  }
}
