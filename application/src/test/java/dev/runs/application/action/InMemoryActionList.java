package dev.runs.application.action;

import dev.runs.application.action.ActionCriterion.Operator;
import dev.runs.domain.access.Reach;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Lists of actions, in memory. */
public final class InMemoryActionList implements ActionList {

  private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");
  private static final Comparator<ActionView> BY_ID = Comparator.comparing(view -> view.run().id());

  private final InMemoryActions actions;
  private final InMemoryShownActions shown;

  public InMemoryActionList(InMemoryActions actions, InMemoryShownActions shown) {
    this.actions = actions;
    this.shown = shown;
  }

  @Override
  public List<Placed> list(
      Among among, List<ActionCriterion> criteria, Order order, Optional<Place> after, int limit) {
    var all =
        actions.visible(reach(among)).stream()
            .filter(run -> isAmong(among, run))
            .map(run -> shown.view(run, false))
            .filter(view -> criteria.stream().allMatch(criterion -> passes(view, criterion)))
            .sorted(comparator(order))
            .map(view -> new Placed(view, new Place(keys(order, view), view.run().id())))
            .toList();
    var from = after.map(place -> placeOf(all, order, place)).orElse(0);
    return all.stream().skip(from).limit(limit).toList();
  }

  private static int placeOf(List<Placed> all, Order order, Place after) {
    for (var i = 0; i < all.size(); i++) {
      if (all.get(i).place().run().equals(after.run())) {
        return i + 1;
      }
    }
    throw new IllegalStateException("no test removes the place of a list: " + order);
  }

  private static Reach reach(Among among) {
    return switch (among) {
      case Among.Roots(var reach) -> reach;
      case Among.OfTree _ -> Reach.everywhere();
    };
  }

  private static boolean isAmong(Among among, Run run) {
    return switch (among) {
      case Among.Roots _ -> run.path().isRoot();
      case Among.OfTree(var root) -> run.path().root().equals(root);
    };
  }

  private static List<String> keys(Order order, ActionView view) {
    return switch (order) {
      case Order.LiveFirst() -> List.of(view.run().endedAt() == null ? "0" : "1");
      case Order.By(var keys) ->
          keys.stream().map(key -> value(key.field(), view).toString()).toList();
    };
  }

  private static Comparator<ActionView> comparator(Order order) {
    return switch (order) {
      case Order.LiveFirst() ->
          Comparator.comparing((ActionView view) -> view.run().endedAt() != null)
              .thenComparing(BY_ID.reversed());
      case Order.By(var keys) -> {
        Comparator<ActionView> comparator = (_, _) -> 0;
        for (var key : keys) {
          Comparator<ActionView> by = (one, other) -> compare(key.field(), one, other);
          comparator = comparator.thenComparing(key.isAscending() ? by : by.reversed());
        }
        yield comparator.thenComparing(keys.getLast().isAscending() ? BY_ID : BY_ID.reversed());
      }
    };
  }

  private static int compare(ActionField field, ActionView one, ActionView other) {
    return switch (field.kind()) {
      case TEXT, TYPE ->
          ActionValues.text(field, one)
              .orElse("")
              .compareTo(ActionValues.text(field, other).orElse(""));
      case NUMBER, PHASE ->
          ActionValues.number(field, one)
              .orElse(-1L)
              .compareTo(ActionValues.number(field, other).orElse(-1L));
      case INSTANT ->
          ActionValues.instant(field, one)
              .orElse(NEVER)
              .compareTo(ActionValues.instant(field, other).orElse(NEVER));
    };
  }

  private static Object value(ActionField field, ActionView view) {
    return switch (field.kind()) {
      case TEXT, TYPE -> ActionValues.text(field, view).orElse("");
      case NUMBER, PHASE -> ActionValues.number(field, view).orElse(-1L);
      case INSTANT -> ActionValues.instant(field, view).orElse(NEVER);
    };
  }

  private boolean passes(ActionView view, ActionCriterion criterion) {
    return switch (criterion) {
      case ActionCriterion.OfText(var field, var operator, var values) ->
          passes(ActionValues.text(field, view), operator, values);
      case ActionCriterion.OfLabel(var key, var operator, var values) ->
          passes(label(view, key), operator, values);
      case ActionCriterion.OfNumber(var field, var operator, var values) ->
          passes(ActionValues.number(field, view), operator, values);
      case ActionCriterion.OfInstant(var field, var operator, var values) ->
          passes(ActionValues.instant(field, view), operator, values);
      case ActionCriterion.InPhase(var phases) -> phases.contains(view.phase());
      case ActionCriterion.OfType(var types) -> types.contains(view.facts().type());
      case ActionCriterion.HasPaused() ->
          actions.visible(Reach.everywhere()).stream()
              .anyMatch(run ->
                  run.path().root().equals(view.run().path().root())
                      && run.stateName() == StateName.PAUSED);
    };
  }

  private Optional<String> label(ActionView view, String key) {
    RunId root = view.run().path().root();
    return actions.added(root).flatMap(added -> Optional.ofNullable(added.labels().get(key)));
  }

  private static <T extends Comparable<T>> boolean passes(
      Optional<T> has, Operator operator, List<T> values) {
    return switch (operator) {
      case EQUAL, VALUE_IN -> has.filter(values::contains).isPresent();
      case NOT_EQUAL, VALUE_NOT_IN -> has.filter(values::contains).isEmpty();
      case GREATER_THAN -> has.filter(it -> it.compareTo(values.getFirst()) > 0).isPresent();
      case GREATER_THAN_OR_EQUAL ->
          has.filter(it -> it.compareTo(values.getFirst()) >= 0).isPresent();
      case LESS_THAN -> has.filter(it -> it.compareTo(values.getFirst()) < 0).isPresent();
      case LESS_THAN_OR_EQUAL -> has.filter(it -> it.compareTo(values.getFirst()) <= 0).isPresent();
      case CONTAINS -> any(has, values, text -> value -> text.contains(value));
      case CONTAINS_CASE_INSENSITIVE ->
          any(
              has,
              values,
              text ->
                  value -> text.toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT)));
      case ENDS_WITH -> any(has, values, text -> value -> text.endsWith(value));
      case NOT_ENDS_WITH -> !any(has, values, text -> value -> text.endsWith(value));
      case EXISTS -> has.isPresent();
      case NOT_EXISTS -> has.isEmpty();
    };
  }

  private static <T> boolean any(
      Optional<T> has, List<T> values, Function<String, Predicate<String>> test) {
    return has.map(Object::toString)
        .filter(text -> values.stream().map(Object::toString).anyMatch(test.apply(text)))
        .isPresent();
  }

  @Override
  public List<ActionView> newest(
      Reach.Within reach, String domain, Instant from, Optional<Instant> to, int limit) {
    var found = new ArrayList<ActionView>();
    actions.visible(reach).stream()
        .filter(run -> run.path().isRoot())
        .filter(run -> run.space().domain().equals(domain))
        .filter(run -> !run.createdAt().isBefore(from))
        .filter(run -> to.isEmpty() || run.createdAt().isBefore(to.get()))
        .sorted(Comparator.comparing(Run::id).reversed())
        .limit(limit)
        .forEach(run -> found.add(shown.view(run, false)));
    return found;
  }
}
