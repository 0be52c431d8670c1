package dev.runs.domain.event;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.ended;
import static dev.runs.domain.run.RunFixtures.line;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runs.domain.access.Principal;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.StateName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RunEventTest {

  private static final Principal ACTOR = new Principal("key:test");

  private final Run root = root(1);
  private final Run child = child(root, 2);

  @Test
  void tellsOfANewRun() {
    assertThat(RunEvent.created(child, ACTOR))
        .isEqualTo(
            new RunEvent(
                child.path(),
                ACME.id(),
                child.space(),
                child.origin(),
                EventType.CREATED,
                1L,
                ACTOR,
                NOON,
                Map.of(
                    "state", "running",
                    "service", "lead-service",
                    "task", "lead-search",
                    "parentRunId", root.id().toString())));
    assertThat(RunEvent.created(root, ACTOR).details()).doesNotContainKey("parentRunId");
  }

  @Test
  void tellsWhenARunEndedThatIsMadeEnded() {
    var event = RunEvent.created(ended(child, StateName.TIMED_OUT), ACTOR);

    assertThat(event.details())
        .containsEntry("state", "timed_out")
        .containsEntry("endedAt", NOON.plusSeconds(60).toString());
  }

  @Test
  void tellsWhereARunCameFromAndWhereItIs() {
    var event = RunEvent.moved(ended(child, StateName.FAILED), StateName.RUNNING, ACTOR);

    assertThat(event.type()).isEqualTo(EventType.FAILED);
    assertThat(event.version()).isEqualTo(2);
    assertThat(event.at()).isEqualTo(NOON.plusSeconds(60));
    assertThat(event.details()).isEqualTo(Map.of("from", "running", "state", "failed"));
  }

  @Test
  void tellsWhyARunIsCanceled() {
    var why = Optional.of("the budget is spent");

    assertThat(
            RunEvent.moved(ended(child, StateName.CANCELED), StateName.RUNNING, ACTOR, why)
                .details())
        .isEqualTo(Map.of("from", "running", "state", "canceled", "reason", "the budget is spent"));
    assertThat(RunEvent.cancelRequested(child, ACTOR, NOON, why).details())
        .isEqualTo(Map.of("reason", "the budget is spent"));
    assertThat(RunEvent.cancelRequested(child, ACTOR, NOON, Optional.empty()).details()).isEmpty();
  }

  @Test
  void tellsTheBeginningOfALongReason() {
    var longest = "🛑".repeat(RunEvent.LONGEST_REASON);

    assertThat(RunEvent.cancelRequested(child, ACTOR, NOON, Optional.of(longest)).details())
        .isEqualTo(Map.of("reason", longest));
    assertThat(RunEvent.cancelRequested(child, ACTOR, NOON, Optional.of(longest + "x")).details())
        .isEqualTo(Map.of("reason", longest));
  }

  @Test
  void tellsWhatSeveralLinesCostTogether() {
    var event =
        RunEvent.costAdded(
            child,
            List.of(line(1, child, TOKENS, "1", "0.1"), line(2, child, TOKENS, "1", "0.2")),
            ACTOR);

    assertThat(event.type()).isEqualTo(EventType.COST_ADDED);
    assertThat(event.version()).isNull();
    assertThat(event.details())
        .isEqualTo(Map.of("lines", "2", "totalCostInUsdCents", "0.3000000000"));
  }

  @Test
  void tellsOfADeletion() {
    assertThat(RunEvent.deleted(child, ACTOR, NOON))
        .extracting(RunEvent::type, RunEvent::run, RunEvent::root)
        .containsExactly(EventType.DELETED, child.id(), root.id());
  }

  @Test
  void tellsWhyARunIsGoneThatNobodyDeleted() {
    var event = RunEvent.expired(root, NOON);

    assertThat(event.type()).isEqualTo(EventType.DELETED);
    assertThat(event.actor()).isEqualTo(Principal.SYSTEM);
    assertThat(event.details()).isEqualTo(Map.of("why", "retention"));
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELED", "DELETED"})
  void knowsWhatTellsOfAnEnd(EventType end) {
    assertThat(end.isEnd()).isTrue();
    assertThat(end.isOfState()).isTrue();
    assertThat(EventType.STARTED.isEnd()).isFalse();
    assertThat(EventType.COST_ADDED.isOfState()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByTheNameOfItsTypeOnTheWire(EventType type) {
    assertThat(type.wireName()).startsWith("run.");
    assertThat(EventType.ofWireName(type.wireName())).isEqualTo(type);
  }

  @Test
  void isNotFoundByAnotherName() {
    assertThatIllegalArgumentException().isThrownBy(() -> EventType.ofWireName("run.eaten"));
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDED", "FAILED", "TIMED_OUT", "CANCELED"})
  void isCalledAsTheEndThatItTellsOf(StateName end) {
    assertThat(EventType.ofArrival(end).wireName()).isEqualTo("run." + end.wireName());
  }
}
