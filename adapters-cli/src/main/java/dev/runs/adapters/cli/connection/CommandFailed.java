package dev.runs.adapters.cli.connection;

import org.jspecify.annotations.Nullable;

/** Why a command ends without having done what it was told, as one line without a secret. */
public final class CommandFailed extends RuntimeException {

  private final String code;
  private final int exitCode;

  /**
   * @param code stable, dotted, lower case, for programs
   * @param message one sentence for a person
   * @param exitCode one of {@link ExitCode}
   */
  public CommandFailed(String code, String message, int exitCode, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.exitCode = exitCode;
  }

  /** It was understood and refused. */
  public static CommandFailed refused(String code, String message) {
    return new CommandFailed(code, message, ExitCode.REFUSED, null);
  }

  /** What was typed cannot be meant. */
  public static CommandFailed usage(String message) {
    return new CommandFailed("usage", message, ExitCode.USAGE, null);
  }

  /** The server does not answer. */
  public static CommandFailed unreachable(String message, @Nullable Throwable cause) {
    return new CommandFailed("server.unreachable", message, ExitCode.UNREACHABLE, cause);
  }

  public String code() {
    return code;
  }

  public int exitCode() {
    return exitCode;
  }

  /** The sentence for a person; never null. */
  public String sentence() {
    return String.valueOf(getMessage());
  }

  /** Whether trying again may help. */
  public boolean isUnreachable() {
    return exitCode == ExitCode.UNREACHABLE;
  }
}
