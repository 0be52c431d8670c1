package dev.runs.adapters.rpc.watch;

import dev.runs.adapters.rpc.action.Tasks;
import dev.runs.adapters.rpc.protocol.RpcException;
import dev.runs.adapters.rpc.wire.common.Filter;
import dev.runs.application.action.ActionView;
import dev.runs.domain.action.ActionPhase;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which actions of a run a client wants to follow.
 *
 * @param phases the only ones; empty means all
 * @param name what the name contains, in lower case; empty means anything
 */
record ActionFilter(Set<ActionPhase> phases, String name) {

  static final ActionFilter ALL = new ActionFilter(Set.of(), "");

  private static final String PHASE = "phase";
  private static final String NAME = "name";

  ActionFilter {
    phases = Set.copyOf(phases);
  }

  /**
   * @throws RpcException when a filter is not one by phase or by name
   */
  static ActionFilter of(List<Filter> filters) {
    var all = ALL;
    for (var filter : filters) {
      var field = filter.getField().toLowerCase(Locale.ROOT);
      if (field.equals(PHASE) && filter.getFunction() == Filter.Function.VALUE_IN) {
        all = new ActionFilter(phases(filter), all.name());
      } else if (field.equals(NAME)
          && filter.getFunction() == Filter.Function.CONTAINS_CASE_INSENSITIVE) {
        all = new ActionFilter(all.phases(), text(filter));
      } else {
        throw RpcException.invalid(
            "filter", "can be PHASE with VALUE_IN, or NAME with CONTAINS_CASE_INSENSITIVE");
      }
    }
    return all;
  }

  private static Set<ActionPhase> phases(Filter filter) {
    return filter.getValuesList().stream()
        .map(value ->
            ActionPhase.ofText(value)
                .orElseThrow(() -> RpcException.invalid("filter.values", value + " is no phase")))
        .collect(Collectors.toSet());
  }

  private static String text(Filter filter) {
    return filter.getValuesCount() == 0 ? "" : filter.getValues(0).toLowerCase(Locale.ROOT);
  }

  boolean isAll() {
    return equals(ALL);
  }

  /** Whether it is an action that the client wants; by the last part of its task's name. */
  boolean includes(ActionView action) {
    return (phases.isEmpty() || phases.contains(action.phase()))
        && title(action).toLowerCase(Locale.ROOT).contains(name);
  }

  private static String title(ActionView action) {
    var task = action.facts().task();
    return task == null ? action.address().name() : Tasks.function(task.id().name());
  }
}
