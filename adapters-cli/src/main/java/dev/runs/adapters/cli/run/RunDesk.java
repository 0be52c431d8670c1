package dev.runs.adapters.cli.run;

import dev.runs.adapters.cli.connection.CommandFailed;
import dev.runs.adapters.cli.connection.ConnectionOptions;
import dev.runs.adapters.cli.connection.Mode;
import dev.runs.adapters.cli.connection.Surroundings;
import dev.runs.domain.Rejection;
import java.util.List;
import java.util.Optional;

/**
 * Where commands hand runs in and ask after them. What is refused is a {@link Rejection} here, and
 * a {@link CommandFailed} with the same code and sentence on a server.
 */
sealed interface RunDesk extends AutoCloseable permits LocalRunDesk, RemoteRunDesk {

  /**
   * @param isNew whether it was made now, and not when it was asked for before
   */
  record Enqueued(RunDocument run, boolean isNew) {}

  /**
   * @param next where the list goes on; nothing at its end
   */
  record Listed(List<RunDocument> runs, Optional<String> next) {}

  Mode mode();

  Enqueued enqueue(EnqueueRequest request);

  /** With what it was given and gave back. */
  RunDocument show(String id);

  Listed list(ListRequest request);

  /**
   * @return as it is now: canceled, or still live when its worker is asked to stop
   */
  RunDocument cancel(String id);

  /**
   * @return the new run
   */
  RunDocument retry(String id);

  @Override
  void close();

  /** Opens the one that the command line and the environment name. */
  static RunDesk open(ConnectionOptions options, Surroundings around) {
    var server = options.server(around.environment());
    return server.isPresent()
        ? new RemoteRunDesk(server.get())
        : new LocalRunDesk(around.installations().openBriefly(options.here(around.environment())));
  }
}
