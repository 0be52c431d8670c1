package dev.runs.application.action;

import dev.runs.domain.action.TaskFacts;
import dev.runs.domain.action.TriggerFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an action has in a field; a place in a list is told by it. */
public final class ActionValues {

  private ActionValues() {}

  /** Of fields that hold a text or a type. */
  public static Optional<String> text(ActionField field, ActionView view) {
    var facts = view.facts();
    return switch (field) {
      case PROJECT -> Optional.of(view.address().run().project());
      case DOMAIN -> Optional.of(view.address().run().domain());
      case RUN_NAME -> Optional.of(view.address().run().name());
      case NAME -> Optional.of(view.address().name());
      case PARENT_NAME -> view.parent();
      case GROUP_NAME -> Optional.ofNullable(facts.group());
      case ACTION_TYPE -> Optional.of(facts.type().wireName());
      case RUN_SOURCE -> Optional.ofNullable(facts.source());
      case CREATED_BY -> Optional.ofNullable(facts.createdBy());
      case TRIGGER_TASK_NAME -> trigger(view, its -> its.name().task());
      case TRIGGER_NAME -> trigger(view, its -> its.name().name());
      case TRIGGER_TYPE -> trigger(view, TriggerFacts::type);
      case TASK_PROJECT -> task(view, its -> its.id().project());
      case TASK_DOMAIN -> task(view, its -> its.id().domain());
      case TASK_NAME -> task(view, its -> its.id().name());
      case TASK_VERSION -> task(view, its -> its.id().version());
      case FUNCTION_NAME -> task(view, TaskFacts::function);
      case ENVIRONMENT_NAME -> task(view, TaskFacts::environment);
      case PHASE, TRIGGER_REVISION, CREATED_AT, UPDATED_AT, ENDED_AT, DURATION_MS ->
          throw new IllegalArgumentException(field + " is no text");
    };
  }

  /** Of fields that hold a number or a phase. */
  public static Optional<Long> number(ActionField field, ActionView view) {
    return switch (field) {
      case PHASE -> Optional.of((long) view.phase().number());
      case TRIGGER_REVISION ->
          Optional.ofNullable(view.facts().trigger()).map(TriggerFacts::revision);
      case DURATION_MS -> view.duration().map(Duration::toMillis);
      default -> throw new IllegalArgumentException(field + " is no number");
    };
  }

  /** Of fields that hold a moment. */
  public static Optional<Instant> instant(ActionField field, ActionView view) {
    return switch (field) {
      case CREATED_AT -> Optional.of(view.run().createdAt());
      case UPDATED_AT -> Optional.of(view.run().updatedAt());
      case ENDED_AT -> Optional.ofNullable(view.run().endedAt());
      default -> throw new IllegalArgumentException(field + " is no moment");
    };
  }

  private static Optional<String> task(
      ActionView view, Function<TaskFacts, @Nullable String> part) {
    var task = view.facts().task();
    return task == null ? Optional.empty() : Optional.ofNullable(part.apply(task));
  }

  private static Optional<String> trigger(
      ActionView view, Function<TriggerFacts, @Nullable String> part) {
    var trigger = view.facts().trigger();
    return trigger == null ? Optional.empty() : Optional.ofNullable(part.apply(trigger));
  }
}
