package dev.runs.adapters.cli.worker;

/** Executes runs. A handler that is used for several kinds, or at once, must allow for that. */
@FunctionalInterface
public interface RunHandler {

  /**
   * Executes a run. Its thread is interrupted when the run is to stop: when it is canceled, when
   * the worker is told to end and the time for that is over, or when the lease is lost. The handler
   * then gives up within {@link Assignment#graceForStopping} and throws; what it returns all the
   * same counts as done.
   *
   * @return what it has brought
   * @throws RunFailed when the run failed in a way that the handler understands
   * @throws Exception when it failed otherwise; it is then worth another attempt
   */
  RunResult handle(Assignment assignment) throws Exception;
}
