package dev.runs.adapters.persistence.run;

import static dev.runs.adapters.persistence.generated.Tables.ATTEMPT;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.ended;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.persistence.Databases;
import dev.runs.adapters.persistence.EmptyDatabase;
import dev.runs.application.Stores;
import dev.runs.application.run.RunsContract;
import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.StateName;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JooqRunsTest {

  private static final RunFailure BROKEN = new RunFailure(RunFailure.Kind.LOST, "no 'sign' of it");

  @Nested
  final class OnSqlite extends RunsContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.sqlite();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }

    @Test
    void writesAttemptsAsTheyAreTold() {
      requireAttempts(DATABASE);
    }
  }

  @Nested
  final class OnPostgres extends RunsContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.postgres();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }

    @Test
    void writesAttemptsAsTheyAreTold() {
      requireAttempts(DATABASE);
    }
  }

  private static void requireAttempts(EmptyDatabase database) {
    var stores = database.stores();
    var before = root(1);
    var run = ended(before, StateName.FAILED);
    var first = Attempt.begunBy("worker-1", run, NOON);
    var second = new Attempt(run.id(), 2, StateName.RUNNING, NOON, null, "w", null, null, false);

    stores.write(() -> stores.runs().addAll(List.of(before)));
    assertThat(attempts(database)).containsExactly("1 running null null null null");
    stores.write(() ->
        stores
            .runs()
            .saveAll(
                List.of(run),
                List.of(second, first.ended(StateName.FAILED, BROKEN, "s3://x", NOON))));
    assertThat(attempts(database))
        .containsExactly(
            "1 failed worker-1 LOST no 'sign' of it s3://x", "2 running w null null null");
    assertThat(isReleased(database)).containsExactly(false, false);
    stores.write(() -> stores.runs().saveAll(List.of(), List.of(first.released(NOON), second)));
    assertThat(attempts(database))
        .containsExactly("1 failed worker-1 null null null", "2 running w null null null");
    assertThat(isReleased(database)).containsExactly(true, false);
  }

  private static List<String> attempts(EmptyDatabase database) {
    return database
        .database()
        .db()
        .selectFrom(ATTEMPT)
        .orderBy(ATTEMPT.NUMBER)
        .fetch(row ->
            "%s %s %s %s %s %s"
                .formatted(
                    row.getNumber(),
                    row.getPhase(),
                    row.getWorker(),
                    row.getFailureKind(),
                    row.getFailureMessage(),
                    row.getOutputRef()));
  }

  private static List<Boolean> isReleased(EmptyDatabase database) {
    return database
        .database()
        .db()
        .selectFrom(ATTEMPT)
        .orderBy(ATTEMPT.NUMBER)
        .fetch(ATTEMPT.RELEASED);
  }
}
