package dev.runs.application.event;

import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.InMemoryWorld;
import dev.runs.application.SettableClock;
import dev.runs.domain.access.Principal;
import dev.runs.domain.event.RunEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ForgetEventsTest {

  private final SettableClock clock = new SettableClock(NOON);
  private final InMemoryWorld world = new InMemoryWorld(clock);

  @Test
  void takesOutWhatIsOlderThanItIsKept() {
    tell(5);
    var forget = forgetting(Optional.of(Duration.ofDays(30)));

    clock.advance(Duration.ofDays(30));
    assertThat(forget.forget()).isZero();
    assertThat(world.runEventLog().firstPosition()).isEqualTo(1);

    clock.advance(Duration.ofMillis(1));
    assertThat(forget.forget()).isEqualTo(2);
    assertThat(forget.forget()).isEqualTo(2);
    assertThat(forget.forget()).isEqualTo(1);
    assertThat(forget.forget()).isZero();
    assertThat(world.runEventLog().firstPosition()).isEqualTo(6);
  }

  @Test
  void keepsEverythingWhereNothingElseIsSaid() {
    tell(1);
    clock.advance(Duration.ofDays(100_000));

    assertThat(forgetting(Optional.empty()).forget()).isZero();
    assertThat(world.runEventLog().firstPosition()).isEqualTo(1);
  }

  private void tell(int events) {
    for (var i = 1; i <= events; i++) {
      var event =
          RunEvent.cancelRequested(root(i), Principal.SYSTEM, clock.instant(), Optional.empty());
      world.write(() -> world.runEvents().add(List.of(event)));
    }
    world.write(() -> world.runEventLog().sequence(events));
  }

  private ForgetEvents forgetting(Optional<Duration> kept) {
    return new ForgetEvents(world.runEventLog(), world.transactions(), clock, kept, 2);
  }
}
