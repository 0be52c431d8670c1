package dev.runs.application.idempotency;

import dev.runs.application.InMemoryTransactions;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Kept answers in memory. */
public final class InMemoryKeptAnswers implements KeptAnswers {

  private final InMemoryTransactions.Table<Scope, KeptAnswer> rows;

  public InMemoryKeptAnswers(InMemoryTransactions transactions) {
    this.rows =
        transactions.table(
            Comparator.comparing((Scope scope) -> scope.organization().value())
                .thenComparing(Scope::key));
  }

  /** Transactions here follow one another, so nobody else ever works on the scope. */
  @Override
  public boolean tryLock(Scope scope) {
    return true;
  }

  @Override
  public Optional<KeptAnswer> find(Scope scope, Instant oldest) {
    return Optional.ofNullable(rows.get(scope)).filter(answer -> !answer.at().isBefore(oldest));
  }

  @Override
  public void keep(KeptAnswer answer) {
    rows.put(answer.scope(), answer);
  }

  @Override
  public int forget(Instant before, int most) {
    var old =
        rows.all().stream().filter(answer -> answer.at().isBefore(before)).limit(most).toList();
    old.forEach(answer -> rows.remove(answer.scope()));
    return old.size();
  }
}
