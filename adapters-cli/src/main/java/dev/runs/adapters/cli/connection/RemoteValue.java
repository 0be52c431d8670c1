package dev.runs.adapters.cli.connection;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Takes what stands behind {@code --remote} as its value only when it can be an address. */
final class RemoteValue implements IParameterPreprocessor {

  /** Under which picocli tells what stands between the option and its value. */
  private static final String SEPARATOR = "separator";

  /** What it tells of a value that is an argument of its own. */
  private static final String APART = " ";

  @Override
  @SuppressWarnings("JdkObsolete") // picocli's own signature
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> facts) {
    var isApart = APART.equals(facts.get(SEPARATOR));
    if (isApart && (arguments.isEmpty() || !arguments.peek().contains("://"))) {
      arguments.push(ModeChoice.BARE);
    }
    return false;
  }
}
