package dev.runs.application.action;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.action.Trigger;
import dev.runs.domain.action.TriggerName;
import java.util.Comparator;
import java.util.Optional;

/** Triggers in memory. */
public final class InMemoryTriggers implements Triggers {

  private final InMemoryTransactions.Table<String, Trigger> rows;

  public InMemoryTriggers(InMemoryTransactions transactions) {
    this.rows = transactions.table(Comparator.<String>naturalOrder());
  }

  @Override
  public Optional<Trigger> find(OrganizationId organization, TriggerName name) {
    return Optional.ofNullable(rows.get(organization + "/" + name));
  }

  @Override
  public boolean save(Trigger trigger) {
    var kept = find(trigger.organization(), trigger.name()).map(Trigger::revision).orElse(0L);
    if (kept != trigger.revision() - 1) {
      return false;
    }
    rows.put(trigger.organization() + "/" + trigger.name(), trigger);
    return true;
  }
}
