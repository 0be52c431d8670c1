package dev.runs.adapters.persistence.rollup;

import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.line;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.persistence.Databases;
import dev.runs.adapters.persistence.EmptyDatabase;
import dev.runs.application.AtOnce;
import dev.runs.application.Stores;
import dev.runs.application.rollup.LedgerContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class JooqLedgerTest {

  @Nested
  final class OnSqlite extends LedgerContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.sqlite();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }
  }

  @Nested
  final class OnPostgres extends LedgerContract {

    @RegisterExtension static final EmptyDatabase DATABASE = Databases.postgres();

    @Override
    protected Stores stores() {
      return DATABASE.stores();
    }

    @Test
    void letsTwoFoldAtOnceWithoutWaitingForEachOther() {
      var one = root(1);
      var other = root(2);
      add(one, other);
      book(one, line(1, one, TOKENS, "1", "3"));
      book(other, line(2, other, TOKENS, "1", "5"));

      stores()
          .write(() -> {
            assertThat(stores().ledger().fold(2)).isEqualTo(2);
            assertThat(AtOnce.with(1, _ -> folded())).containsExactly(2);
          });

      assertThat(folded()).isZero();
      assertThat(stores().ledger().of(one.path()).totalCost()).hasToString("3.0000000000");
      assertThat(stores().ledger().of(other.path()).totalCost()).hasToString("5.0000000000");
    }

    @Test
    void countsWhatIsBeingFoldedOnceForWhoeverReadsMeanwhile() {
      var run = root(1);
      add(run);
      book(run, line(1, run, TOKENS, "1", "3"));

      stores()
          .write(() -> {
            stores().ledger().fold(1);
            assertThat(AtOnce.with(1, _ -> stores().ledger().of(run.path()).totalCost().toString()))
                .containsExactly("3.0000000000");
          });
    }

    private int folded() {
      return stores().transactions().inTransaction(() -> stores().ledger().fold(10));
    }
  }
}
