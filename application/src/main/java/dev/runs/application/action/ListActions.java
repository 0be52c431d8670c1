package dev.runs.application.action;

import dev.runs.application.Caller;
import dev.runs.application.Cursor;
import dev.runs.application.Page;
import dev.runs.application.RequestRejected;
import dev.runs.application.Transactions;
import dev.runs.application.action.ActionCriterion.Operator;
import dev.runs.domain.access.Reach;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.ActionRejected;
import dev.runs.domain.action.ActionType;
import dev.runs.domain.action.RunAddress;
import dev.runs.domain.action.TaskId;
import dev.runs.domain.action.TriggerName;
import dev.runs.domain.run.RunId;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Lists roots, and the actions of one tree, narrowed and sorted as somebody asks. */
public final class ListActions {

  /** How many actions a page has when nobody says. */
  public static final int USUAL_PAGE = 50;

  /** How many actions a page has at most. */
  public static final int LARGEST_PAGE = 200;

  /** How many fields a list can be sorted by. */
  public static final int MOST_SORTS = 3;

  /** How many filters a list can have. */
  public static final int MOST_FILTERS = 20;

  /** How many values all filters of a list can have together. */
  public static final int MOST_VALUES_IN_ALL = 500;

  /** How many values a filter can have. */
  public static final int MOST_VALUES = 100;

  private static final String LABEL = "labels.";
  private static final int MOST_CHARACTERS = 1_000;

  /** Which roots. */
  public sealed interface Scope {

    /** All of the organization in which the caller acts. */
    record Organization() implements Scope {}

    record InProject(String project, String domain) implements Scope {}

    record OfTrigger(TriggerName trigger) implements Scope {}

    record OfTaskName(String project, String domain, String name) implements Scope {}

    record OfTask(TaskId task) implements Scope {}
  }

  /**
   * What a list is narrowed by.
   *
   * @param field such as {@code task_name} or {@code labels.team}
   * @param values none for {@code EXISTS} and its opposite, at least one otherwise
   */
  public record Filter(String field, Operator operator, List<String> values) {
    public Filter {
      values = List.copyOf(values);
    }
  }

  /** What a list is sorted by. */
  public record Sort(String field, boolean isAscending) {}

  /**
   * @param limit 0 for {@value #USUAL_PAGE}, at most {@value #LARGEST_PAGE}
   * @param token empty for the beginning; else what the page before gave out
   */
  public record Asked(int limit, String token, List<Filter> filters, List<Sort> sorts) {
    public Asked {
      filters = List.copyOf(filters);
      sorts = List.copyOf(sorts);
    }
  }

  private final Actions actions;
  private final ActionList list;
  private final Transactions transactions;

  public ListActions(Actions actions, ActionList list, Transactions transactions) {
    this.actions = actions;
    this.list = list;
    this.transactions = transactions;
  }

  /**
   * Roots of the organization in which the caller acts.
   *
   * @param onlyPaused only those in whose tree something is paused
   * @throws ActionRejected.BadFilter when the limit, a field, an operator or a value is none
   * @throws RequestRejected.BadCursor when the token is not of a list so narrowed and sorted
   */
  public Page<ActionView> roots(Caller caller, Scope scope, boolean onlyPaused, Asked asked) {
    var reach = caller.reach().in(caller.organization()).orElseThrow();
    var criteria = new ArrayList<>(of(scope));
    if (onlyPaused) {
      criteria.add(new ActionCriterion.HasPaused());
    }
    return page(new ActionList.Among.Roots(reach), criteria, asked);
  }

  /**
   * The actions of a tree, its root among them; none when there is no such tree within reach.
   *
   * @throws ActionRejected.BadFilter when the limit, a field, an operator or a value is none
   * @throws RequestRejected.BadCursor when the token is not of a list so narrowed and sorted
   */
  public Page<ActionView> ofRun(Caller caller, RunAddress run, Asked asked) {
    return transactions.inSnapshot(() -> {
      var root =
          Optional.ofNullable(actions.findAll(List.of(run.root())).get(run.root()))
              .filter(its -> caller.reach().includes(its.organization(), its.space().project()));
      var tree = root.map(its -> new ActionList.Among.OfTree(its.id()));
      return tree.isPresent() ? page(tree.get(), List.of(), asked) : emptyPage(asked);
    });
  }

  private static Page<ActionView> emptyPage(Asked asked) {
    limit(asked);
    criteria(asked.filters());
    order(asked.sorts());
    return new Page<>(List.of(), Optional.empty());
  }

  private Page<ActionView> page(ActionList.Among among, List<ActionCriterion> scope, Asked asked) {
    var limit = limit(asked);
    var criteria = new ArrayList<>(scope);
    criteria.addAll(criteria(asked.filters()));
    var order = order(asked.sorts());
    var mark = mark(among, criteria, order);
    var after =
        asked.token().isEmpty()
            ? Optional.<ActionList.Place>empty()
            : Optional.of(place(asked.token(), mark, order));
    return transactions.inSnapshot(() ->
        Page.cut(
                list.list(among, criteria, order, after, limit + 1),
                limit,
                placed -> token(placed.place(), mark))
            .map(ActionList.Placed::action));
  }

  private static int limit(Asked asked) {
    if (asked.limit() < 0 || asked.limit() > LARGEST_PAGE) {
      throw new ActionRejected.BadFilter(
          "limit is 1 to %d, or 0 for %d; not %d."
              .formatted(LARGEST_PAGE, USUAL_PAGE, asked.limit()));
    }
    return asked.limit() == 0 ? USUAL_PAGE : asked.limit();
  }

  private static List<ActionCriterion> of(Scope scope) {
    return switch (scope) {
      case Scope.Organization() -> List.of();
      case Scope.InProject(var project, var domain) ->
          List.of(is(ActionField.PROJECT, project), is(ActionField.DOMAIN, domain));
      case Scope.OfTrigger(var trigger) ->
          List.of(
              is(ActionField.PROJECT, trigger.project()),
              is(ActionField.DOMAIN, trigger.domain()),
              is(ActionField.TRIGGER_NAME, trigger.name()),
              is(ActionField.TRIGGER_TASK_NAME, trigger.task()));
      case Scope.OfTaskName(var project, var domain, var name) ->
          List.of(
              is(ActionField.TASK_PROJECT, project),
              is(ActionField.TASK_DOMAIN, domain),
              is(ActionField.TASK_NAME, name));
      case Scope.OfTask(var task) ->
          List.of(
              is(ActionField.TASK_PROJECT, task.project()),
              is(ActionField.TASK_DOMAIN, task.domain()),
              is(ActionField.TASK_NAME, task.name()),
              is(ActionField.TASK_VERSION, task.version()));
    };
  }

  private static ActionCriterion is(ActionField field, String value) {
    return new ActionCriterion.OfText(field, Operator.EQUAL, List.of(value));
  }

  // ---- filters

  private static List<ActionCriterion> criteria(List<Filter> filters) {
    if (filters.size() > MOST_FILTERS) {
      throw new ActionRejected.BadFilter(
          "A list has at most %d filters, not %d.".formatted(MOST_FILTERS, filters.size()));
    }
    var values = filters.stream().mapToInt(filter -> filter.values().size()).sum();
    if (values > MOST_VALUES_IN_ALL) {
      throw new ActionRejected.BadFilter(
          "The filters of a list have at most %d values, not %d."
              .formatted(MOST_VALUES_IN_ALL, values));
    }
    return filters.stream().map(ListActions::criterion).toList();
  }

  private static ActionCriterion criterion(Filter filter) {
    checkValues(filter);
    if (filter.field().startsWith(LABEL) && filter.field().length() > LABEL.length()) {
      return new ActionCriterion.OfLabel(
          filter.field().substring(LABEL.length()), filter.operator(), filter.values());
    }
    var field =
        ActionField.ofWireName(filter.field())
            .orElseThrow(() -> noField("filtered", filter.field()));
    return switch (field.kind()) {
      case TEXT -> new ActionCriterion.OfText(field, filter.operator(), filter.values());
      case NUMBER -> {
        refuseTextOperators(filter);
        yield new ActionCriterion.OfNumber(
            field,
            filter.operator(),
            filter.values().stream().map(it -> number(filter, it)).toList());
      }
      case INSTANT -> {
        refuseTextOperators(filter);
        yield new ActionCriterion.OfInstant(
            field,
            filter.operator(),
            filter.values().stream().map(it -> instant(filter, it)).toList());
      }
      case PHASE -> {
        refuseTextOperators(filter);
        yield new ActionCriterion.InPhase(phases(filter));
      }
      case TYPE -> {
        refuseTextOperators(filter);
        yield new ActionCriterion.OfType(types(filter));
      }
    };
  }

  private static void checkValues(Filter filter) {
    var isBare = filter.operator() == Operator.EXISTS || filter.operator() == Operator.NOT_EXISTS;
    var count = filter.values().size();
    if (!isBare && (count == 0 || count > MOST_VALUES)) {
      throw new ActionRejected.BadFilter(
          "A filter by %s has 1 to %d values, not %d."
              .formatted(filter.field(), MOST_VALUES, count));
    }
    if (isOrdering(filter.operator()) && count != 1) {
      throw new ActionRejected.BadFilter(
          "A filter by %s that compares has one value, not %d.".formatted(filter.field(), count));
    }
    if (filter.values().stream().anyMatch(value -> value.length() > MOST_CHARACTERS)) {
      throw new ActionRejected.BadFilter(
          "A value of a filter has at most %,d characters.".formatted(MOST_CHARACTERS));
    }
  }

  private static boolean isOrdering(Operator operator) {
    return switch (operator) {
      case GREATER_THAN, GREATER_THAN_OR_EQUAL, LESS_THAN, LESS_THAN_OR_EQUAL -> true;
      case EQUAL,
          NOT_EQUAL,
          CONTAINS,
          VALUE_IN,
          VALUE_NOT_IN,
          ENDS_WITH,
          NOT_ENDS_WITH,
          CONTAINS_CASE_INSENSITIVE,
          EXISTS,
          NOT_EXISTS ->
          false;
    };
  }

  private static void refuseTextOperators(Filter filter) {
    switch (filter.operator()) {
      case CONTAINS, ENDS_WITH, NOT_ENDS_WITH, CONTAINS_CASE_INSENSITIVE ->
          throw new ActionRejected.BadFilter(
              "%s is no text; it takes no filter %s.".formatted(filter.field(), filter.operator()));
      case EQUAL,
          NOT_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          VALUE_IN,
          VALUE_NOT_IN,
          EXISTS,
          NOT_EXISTS -> {
        // all of these make sense of numbers
      }
    }
  }

  private static Long number(Filter filter, String value) {
    try {
      return Long.valueOf(value);
    } catch (NumberFormatException e) {
      throw badValue(filter, value, "a whole number");
    }
  }

  private static Instant instant(Filter filter, String value) {
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      throw badValue(filter, value, "a moment such as 2026-03-01T12:00:00Z");
    }
  }

  /** Comparisons are those of the numbers that the protocol has for phases. */
  private static Set<ActionPhase> phases(Filter filter) {
    var given = filter.values().stream().map(String::strip).toList();
    // some clients take a phase of two digits apart
    var values = given.equals(List.of("1", "0")) ? List.of("10") : given;
    var phases =
        values.stream()
            .map(value ->
                ActionPhase.ofText(value).orElseThrow(() -> badValue(filter, value, "a phase")))
            .toList();
    return Arrays.stream(ActionPhase.values())
        .filter(passing(filter.operator(), phases))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ActionPhase.class)));
  }

  private static Set<ActionType> types(Filter filter) {
    var types =
        filter.values().stream()
            .map(
                value -> type(value).orElseThrow(() -> badValue(filter, value, "a type of action")))
            .toList();
    return Arrays.stream(ActionType.values())
        .filter(passing(filter.operator(), types))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ActionType.class)));
  }

  private static Optional<ActionType> type(String text) {
    var name = text.strip().toUpperCase(Locale.ROOT).replace("ACTION_TYPE_", "");
    return Arrays.stream(ActionType.values())
        .filter(type -> type.name().equals(name) || Integer.toString(type.number()).equals(name))
        .findFirst();
  }

  private static <T extends Enum<T>> Predicate<T> passing(Operator operator, List<T> values) {
    return switch (operator) {
      case EQUAL, VALUE_IN -> values::contains;
      case NOT_EQUAL, VALUE_NOT_IN -> candidate -> !values.contains(candidate);
      case GREATER_THAN -> candidate -> candidate.compareTo(values.getFirst()) > 0;
      case GREATER_THAN_OR_EQUAL -> candidate -> candidate.compareTo(values.getFirst()) >= 0;
      case LESS_THAN -> candidate -> candidate.compareTo(values.getFirst()) < 0;
      case LESS_THAN_OR_EQUAL -> candidate -> candidate.compareTo(values.getFirst()) <= 0;
      case EXISTS -> _ -> true;
      case NOT_EXISTS -> _ -> false;
      case CONTAINS, ENDS_WITH, NOT_ENDS_WITH, CONTAINS_CASE_INSENSITIVE ->
          throw new IllegalStateException("refused before");
    };
  }

  private static ActionRejected.BadFilter badValue(Filter filter, String value, String wanted) {
    return new ActionRejected.BadFilter(
        "%s is %s, not '%s'.".formatted(filter.field(), wanted, value));
  }

  private static ActionRejected.BadFilter noField(String what, String field) {
    return new ActionRejected.BadFilter(
        "Lists cannot be %s by '%s'; they can by %s%s."
            .formatted(
                what,
                field,
                Arrays.stream(ActionField.values())
                    .map(ActionField::wireName)
                    .collect(Collectors.joining(", ")),
                what.equals("filtered") ? " and labels.<key>" : ""));
  }

  // ---- order and place

  private static ActionList.Order order(List<Sort> sorts) {
    if (sorts.isEmpty()) {
      return new ActionList.Order.LiveFirst();
    }
    if (sorts.size() > MOST_SORTS) {
      throw new ActionRejected.BadFilter(
          "A list is sorted by at most %d fields, not %d.".formatted(MOST_SORTS, sorts.size()));
    }
    return new ActionList.Order.By(
        sorts.stream()
            .map(sort ->
                new ActionList.Order.Key(
                    ActionField.ofWireName(sort.field())
                        .orElseThrow(() -> noField("sorted", sort.field())),
                    sort.isAscending()))
            .toList());
  }

  /** Differs between lists that are narrowed or sorted differently. */
  private static String mark(
      ActionList.Among among, List<ActionCriterion> criteria, ActionList.Order order) {
    var whose =
        switch (among) {
          case ActionList.Among.Roots(Reach.Within reach) -> reach.organization().toString();
          case ActionList.Among.OfTree(var root) -> root.toString();
        };
    return Integer.toHexString((whose + criteria + order).hashCode());
  }

  private static String token(ActionList.Place place, String mark) {
    var parts = new ArrayList<String>();
    parts.add(mark);
    parts.add(place.run().toString());
    place.keys().forEach(key -> parts.add(encoded(key)));
    return Cursor.of(String.join(".", parts));
  }

  private static ActionList.Place place(String token, String mark, ActionList.Order order) {
    var parts = Arrays.asList(Cursor.text(token).split("\\.", -1));
    var keys =
        switch (order) {
          case ActionList.Order.LiveFirst() -> 1;
          case ActionList.Order.By(var its) -> its.size();
        };
    if (parts.size() != keys + 2 || !parts.getFirst().equals(mark)) {
      throw new RequestRejected.BadCursor();
    }
    try {
      return new ActionList.Place(
          parts.stream().skip(2).map(ListActions::decoded).toList(),
          new RunId(UUID.fromString(parts.get(1))));
    } catch (IllegalArgumentException e) {
      throw new RequestRejected.BadCursor();
    }
  }

  private static String encoded(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String key) {
    return new String(Base64.getUrlDecoder().decode(key), StandardCharsets.UTF_8);
  }
}
