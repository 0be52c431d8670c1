package dev.runs.adapters.cli.connection;

import dev.runs.application.Caller;
import dev.runs.application.queue.CancelRuns;
import dev.runs.application.queue.ClaimRuns;
import dev.runs.application.queue.KeepLeases;
import dev.runs.application.queue.ReportOutcomes;
import dev.runs.application.queue.RetryRun;
import dev.runs.application.run.CreateRuns;
import dev.runs.application.run.DescribeRuns;
import dev.runs.application.run.ListRuns;
import dev.runs.application.tree.ShowRun;
import java.time.InstantSource;

/**
 * What commands use of an installation that this process has opened.
 *
 * @param caller who types the command
 * @param requests reads what is asked for as the REST surface does
 * @param closing gives everything back
 */
public record LocalInstallation(
    Caller caller,
    InstantSource clock,
    RequestReading requests,
    CreateRuns createRuns,
    ShowRun showRun,
    ListRuns listRuns,
    DescribeRuns describeRuns,
    CancelRuns cancelRuns,
    RetryRun retryRun,
    ClaimRuns claimRuns,
    KeepLeases keepLeases,
    ReportOutcomes reportOutcomes,
    Runnable closing)
    implements AutoCloseable {

  /** Opens installations on this machine. */
  public interface Opening {

    /**
     * For one short piece of work: nothing goes on in the background.
     *
     * @throws RuntimeException when it cannot be opened, with a line for who typed the command
     */
    LocalInstallation openBriefly(LocalPlace place);

    /**
     * For as long as the process lives: what is due, lost or to be added up is looked after.
     *
     * @throws RuntimeException as above
     */
    LocalInstallation openForLong(LocalPlace place);

    /**
     * Sends the log of this process to its error stream, in the way of the settings.
     *
     * @throws RuntimeException when the settings are wrong, with a line for who typed the command
     */
    void log(LocalPlace place);
  }

  @Override
  public void close() {
    closing.run();
  }
}
