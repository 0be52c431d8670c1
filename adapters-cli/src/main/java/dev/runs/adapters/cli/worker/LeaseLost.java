package dev.runs.adapters.cli.worker;

/** The lease of a run is not this worker's any more: the run is somebody else's, or has ended. */
public final class LeaseLost extends RuntimeException {

  public LeaseLost(String message) {
    super(message);
  }
}
