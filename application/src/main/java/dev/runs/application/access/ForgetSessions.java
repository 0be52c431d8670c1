package dev.runs.application.access;

import dev.runs.application.Transactions;
import java.time.InstantSource;

/** Removes sessions that are over. They were refused before; this only tidies up. */
public final class ForgetSessions {

  private static final int MOST_AT_ONCE = 500;

  private final WebSessions sessions;
  private final Transactions transactions;
  private final InstantSource clock;

  public ForgetSessions(WebSessions sessions, Transactions transactions, InstantSource clock) {
    this.sessions = sessions;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * @return whether there may be more
   */
  public boolean forget() {
    return transactions.inTransaction(() -> sessions.removeOver(clock.instant(), MOST_AT_ONCE))
        == MOST_AT_ONCE;
  }
}
