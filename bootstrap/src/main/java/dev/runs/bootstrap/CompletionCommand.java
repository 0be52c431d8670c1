package dev.runs.bootstrap;

import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what lets a shell complete commands and options. */
@Command(
    name = "completion",
    description = {
      "Prints what lets a shell complete commands and options.",
      "For this shell: source <(runs completion)"
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Runnable {

  /** For both the same text, which finds out where it is read. */
  enum Shell {
    bash,
    zsh
  }

  private final Supplier<CommandLine> all;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Looked at by picocli alone, which refuses others. */
  @SuppressWarnings("UnusedVariable")
  @Parameters(
      arity = "0..1",
      defaultValue = "bash",
      paramLabel = "SHELL",
      description = "bash or zsh.")
  private Shell shell = Shell.bash;

  /**
   * @param all the program with all of its commands
   */
  CompletionCommand(Supplier<CommandLine> all) {
    this.all = all;
  }

  @Override
  public void run() {
    var out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("runs", all.get()));
    out.flush();
  }
}
