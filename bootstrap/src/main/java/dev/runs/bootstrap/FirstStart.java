package dev.runs.bootstrap;

import dev.runs.domain.access.Login;
import dev.runs.domain.access.Password;
import java.io.PrintWriter;
import java.util.Optional;

/**
 * What a first start has made and shows once. It never goes through the log.
 *
 * @param key the platform key; nothing when there was one
 * @param adminPassword of the first person; nothing when there was somebody
 */
record FirstStart(Optional<String> key, Optional<Password> adminPassword) {

  /** The one moment at which the secrets are seen. */
  void show(PrintWriter out) {
    if (key.isEmpty() && adminPassword.isEmpty()) {
      return;
    }
    out.println();
    out.println("This is the first start. What follows is shown only now.");
    out.println();
    key.ifPresent(its -> {
      out.println("The platform key, shown only now:");
      out.println();
      out.println("    " + its);
      out.println();
      out.println("Send it as X-API-Key. To choose a key yourself, set RUNS_SERVICE_API_KEY.");
      out.println();
    });
    adminPassword.ifPresent(its -> {
      out.println("To sign in with a browser, as %s, for the first time:".formatted(Login.FIRST));
      out.println();
      out.println("    " + its.value());
      out.println();
      out.println("You choose another password then.");
      out.println();
    });
    out.flush();
  }

  @Override
  public String toString() {
    return "FirstStart";
  }
}
