package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The seven steps of the protocol's own client, as a command against a server. */
@Timeout(120)
final class RpcCheckIT {

  @Nested
  final class OnSqlite extends Contract {
    OnSqlite() {
      super(Installation.onSqlite());
    }
  }

  @Nested
  final class OnPostgres extends Contract {
    OnPostgres() {
      super(Installation.onPostgres());
    }
  }

  abstract static class Contract {

    @RegisterExtension final Installation installation;

    Contract(Installation installation) {
      this.installation = installation;
    }

    @Test
    void passesAndPassesAgain() throws Exception {
      var server = installation.start();

      assertThat(check(server).lines())
          .filteredOn(line -> !line.isBlank())
          .containsSequence(
              "Test 1: Creating a run with task spec...",
              "✓ Run created successfully: test-run-001",
              "Test 2: Creating a run with auto-generated name...")
          .containsSequence(
              "Test 3: Getting run details...",
              "✓ Retrieved run details: phase ACTION_PHASE_QUEUED",
              "Test 4: Listing runs...",
              "✓ Found 2 runs",
              "Test 5: Listing actions for the run...",
              "✓ Found 1 actions",
              "Test 6: Aborting an action...",
              "✓ Action aborted successfully",
              "Test 7: Aborting a run...",
              "✓ Run aborted successfully",
              "All tests completed successfully! 🎉");
      assertThat(check(server))
          .contains("✓ Run created successfully: test-run-002", "✓ Found 4 runs");
    }

    private String check(Server server) throws Exception {
      return Command.run(
              installation.folder(),
              installation.databaseUrl(),
              "",
              "rpc-check",
              "--url",
              server.address().toString(),
              "--api-key",
              Server.KEY)
          .succeeds()
          .text();
    }
  }
}
