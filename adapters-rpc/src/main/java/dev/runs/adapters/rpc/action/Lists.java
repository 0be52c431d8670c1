package dev.runs.adapters.rpc.action;

import dev.runs.adapters.rpc.protocol.RpcException;
import dev.runs.adapters.rpc.wire.common.Filter;
import dev.runs.adapters.rpc.wire.common.ListRequest;
import dev.runs.adapters.rpc.wire.common.Sort;
import dev.runs.application.action.ActionCriterion.Operator;
import dev.runs.application.action.ListActions;
import java.util.List;

/** What clients ask of lists. */
public final class Lists {

  private Lists() {}

  public static ListActions.Asked asked(ListRequest request) {
    if (request.getRawFiltersCount() > 0) {
      throw RpcException.invalid("request.raw_filters", "are not understood; use filters");
    }
    return new ListActions.Asked(
        limit(request.getLimit()),
        request.getToken(),
        request.getFiltersList().stream().map(Lists::filter).toList(),
        sorts(request));
  }

  /** A number that Java would take for a negative one is larger than any allowed one, too. */
  private static int limit(int limit) {
    return limit < 0 ? Integer.MAX_VALUE : limit;
  }

  private static ListActions.Filter filter(Filter filter) {
    if (filter.getFunction() == Filter.Function.UNRECOGNIZED) {
      throw RpcException.invalid(
          "request.filters.function", "is unknown: " + filter.getFunctionValue());
    }
    return new ListActions.Filter(
        filter.getField(), Operator.valueOf(filter.getFunction().name()), filter.getValuesList());
  }

  /** The field for a single sort key is from an earlier time, and some clients still send it. */
  @SuppressWarnings("deprecation")
  private static List<ListActions.Sort> sorts(ListRequest request) {
    if (request.getSortByFieldsCount() > 0) {
      return request.getSortByFieldsList().stream().map(Lists::sort).toList();
    }
    return request.hasSortBy() && !request.getSortBy().getKey().isEmpty()
        ? List.of(sort(request.getSortBy()))
        : List.of();
  }

  private static ListActions.Sort sort(Sort sort) {
    return new ListActions.Sort(sort.getKey(), sort.getDirection() == Sort.Direction.ASCENDING);
  }
}
