package dev.runs.adapters.persistence.queue;

import static dev.runs.adapters.persistence.generated.Tables.KIND_ACTIVITY;
import static dev.runs.application.queue.QueueFixtures.MINUTE;
import static dev.runs.application.queue.QueueFixtures.PULL;
import static dev.runs.application.queue.QueueFixtures.lease;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.persistence.Databases;
import dev.runs.adapters.persistence.EmptyDatabase;
import dev.runs.adapters.persistence.generated.tables.records.KindActivityRecord;
import dev.runs.application.Stores;
import dev.runs.application.queue.QueueContents.KindLoad;
import dev.runs.application.queue.QueueContentsContract;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JooqQueueContentsTest {

  @Nested
  final class OnSqlite extends Contract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.sqlite();

    @Override
    EmptyDatabase database() {
      return DATABASE;
    }
  }

  @Nested
  final class OnPostgres extends Contract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.postgres();

    @Override
    EmptyDatabase database() {
      return DATABASE;
    }
  }

  abstract static class Contract extends QueueContentsContract {

    private static final Reach.Within OF_ACME = Reach.within(ACME.id());

    abstract EmptyDatabase database();

    @Override
    protected final Stores stores() {
      return database().stores();
    }

    @Test
    void saysWhenThereAreLeasesAtWhichItDoesNotLook() {
      stores().write(() -> stores().leases().addAll(List.of(lease(1, MINUTE), lease(2, MINUTE))));

      assertThat(looking(2).workers(OF_ACME, 9).isEveryLeaseSeen()).isTrue();
      assertThat(looking(1).workers(OF_ACME, 9).isEveryLeaseSeen()).isFalse();
      assertThat(looking(1).workers(OF_ACME, 9).first()).hasSize(1);
    }

    @Test
    void passesOverWhatIsNoKind() {
      stores().write(() -> List.of(" ", PULL.value()).forEach(this::remember));

      assertThat(stores().queueContents().loads(OF_ACME, Optional.empty(), 9))
          .extracting(KindLoad::kind)
          .containsExactly(PULL);
    }

    private JooqQueueContents looking(int mostLeases) {
      return new JooqQueueContents(database().database(), mostLeases);
    }

    private void remember(String kind) {
      var row = new KindActivityRecord();
      row.setOrganizationId(ACME.id().value());
      row.setKind(kind);
      row.setAt(NOON);
      row.setProject(Slug.DEFAULT.value());
      row.setSucceeded(1L);
      row.setFailed(0L);
      row.setTimedOut(0L);
      row.setCanceled(0L);
      row.setRetried(0L);
      row.setLost(0L);
      database().database().db().insertInto(KIND_ACTIVITY).set(row).execute();
    }
  }
}
