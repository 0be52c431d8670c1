package dev.runs.application.access;

import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.Origin;
import dev.runs.domain.audit.AuditAction;
import java.util.Map;

/** Ends a session, on all nodes at once. */
public final class SignOut {

  private final WebSessions sessions;
  private final Transactions transactions;
  private final Auditor auditor;

  public SignOut(WebSessions sessions, Transactions transactions, Auditor auditor) {
    this.sessions = sessions;
    this.transactions = transactions;
    this.auditor = auditor;
  }

  public void signOut(SignedIn signedIn, Origin origin) {
    transactions.inTransaction(() -> {
      sessions.remove(signedIn.session().hash());
      auditor.noteOf(
          signedIn.person().principal(),
          origin,
          signedIn.organization(),
          AuditAction.SIGN_OUT,
          "person:" + signedIn.person().id(),
          Map.of());
      return signedIn;
    });
  }
}
