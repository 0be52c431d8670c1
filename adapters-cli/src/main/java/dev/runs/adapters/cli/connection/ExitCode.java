package dev.runs.adapters.cli.connection;

/** What the commands end with, so that scripts can tell. */
public final class ExitCode {

  public static final int OK = 0;

  /** It was understood and refused, or went wrong. */
  public static final int REFUSED = 1;

  /** It was not understood: wrong options, or an input that is no JSON. */
  public static final int USAGE = 2;

  /** The run that was followed has failed. */
  public static final int RUN_FAILED = 3;

  /** The run that was followed took longer than it may. */
  public static final int RUN_TIMED_OUT = 4;

  /** The run that was followed was canceled. */
  public static final int RUN_CANCELED = 5;

  /** The server does not answer. */
  public static final int UNREACHABLE = 6;

  private ExitCode() {}
}
