package dev.runs.application.system;

import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.UseCaseTest;
import dev.runs.application.system.SystemFacts.Leases;
import dev.runs.application.system.SystemFacts.Waiting;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.rollup.Delta;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the installation is, as who runs it sees it. */
final class ShowSystemTest extends UseCaseTest {

  @Test
  void tellsWhatTheDatabaseIsAndWhatWaits() {
    world.write(() -> {
      var events = List.of(RunEvent.created(root(1), ACTOR), RunEvent.created(root(2), ACTOR));
      world.runEvents().add(events);
      world.runEventLog().sequence(1);
      world.ledger().add(Delta.ofCreated(root(1)));
    });

    var shown =
        new ShowSystem(
                world.systemFacts(),
                world.runEventLog(),
                world.ledgerAudit(),
                world.transactions(),
                clock,
                "1.2.3")
            .show(PLATFORM);

    assertThat(shown.version()).isEqualTo("1.2.3");
    assertThat(shown.at()).isEqualTo(NOON);
    assertThat(shown.storage().product()).isEqualTo("memory");
    assertThat(shown.log()).isEqualTo(new ShowSystem.Log(1, 1));
    assertThat(shown.pendingEvents()).isEqualTo(new Waiting(1, Optional.of(NOON)));
    assertThat(shown.pendingDeltas()).isEqualTo(Delta.ofCreated(root(1)).size());
    assertThat(shown.earlyReports()).isEqualTo(Waiting.NONE);
    assertThat(shown.earlyLineage()).isEqualTo(Waiting.NONE);
    assertThat(shown.leases()).isEqualTo(new Leases(0, 0));
  }
}
