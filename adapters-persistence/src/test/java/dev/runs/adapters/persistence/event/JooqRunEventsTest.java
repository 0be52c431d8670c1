package dev.runs.adapters.persistence.event;

import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.persistence.Databases;
import dev.runs.adapters.persistence.EmptyDatabase;
import dev.runs.application.AtOnce;
import dev.runs.application.Stores;
import dev.runs.application.event.RunEventLogContract;
import dev.runs.domain.access.Principal;
import dev.runs.domain.event.RunEvent;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JooqRunEventsTest {

  @Nested
  final class OnSqlite extends RunEventLogContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.sqlite();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }
  }

  @Nested
  final class OnPostgres extends RunEventLogContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.postgres();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }

    @Test
    void givesWhatIsCommittedLateALaterPosition() {
      stores()
          .write(() -> {
            stores().runEvents().add(List.of(event(1)));
            AtOnce.with(1, _ -> addedAndSequenced(event(2)));
          });
      addedAndSequenced(event(3));

      assertThat(stores().runEventLog().after(0, 10))
          .extracting(entry -> entry.event().run())
          .containsExactly(runId(2), runId(1), runId(3));
    }

    private boolean addedAndSequenced(RunEvent event) {
      stores().write(() -> stores().runEvents().add(List.of(event)));
      stores().write(() -> stores().runEventLog().sequence(10));
      return true;
    }

    private static RunEvent event(long run) {
      return RunEvent.created(root(run), Principal.SYSTEM);
    }
  }
}
