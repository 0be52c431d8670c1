package dev.runs.adapters.persistence.idempotency;

import static dev.runs.domain.run.RunFixtures.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.persistence.Databases;
import dev.runs.adapters.persistence.EmptyDatabase;
import dev.runs.application.AtOnce;
import dev.runs.application.Stores;
import dev.runs.application.idempotency.KeptAnswers.Scope;
import dev.runs.application.idempotency.KeptAnswersContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JooqKeptAnswersTest {

  @Nested
  final class OnSqlite extends KeptAnswersContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.sqlite();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }
  }

  @Nested
  final class OnPostgres extends KeptAnswersContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.postgres();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }

    @Test
    void letsNobodyElseWorkOnAScopeUntilTheTransactionHasEnded() {
      var scope = new Scope(ACME.id(), "key");
      var other = new Scope(ACME.id(), "other key");

      stores()
          .write(() -> {
            assertThat(stores().keptAnswers().tryLock(scope)).isTrue();
            assertThat(AtOnce.with(1, _ -> isFree(scope))).containsExactly(false);
            assertThat(AtOnce.with(1, _ -> isFree(other))).containsExactly(true);
          });

      assertThat(isFree(scope)).isTrue();
    }

    private boolean isFree(Scope scope) {
      return stores().transactions().inTransaction(() -> stores().keptAnswers().tryLock(scope));
    }
  }
}
