package dev.runs.adapters.cli.connection;

import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Takes what stands behind {@code --remote} as its value only when it can be an address. */
final class RemoteValue implements IParameterPreprocessor {

  /**
   * The key of the map under which the separator is kept when a value is attached to the option.
   */
  private static final String SEPARATOR = "separator";

  @Override
  @SuppressWarnings("JdkObsolete") // picocli's own signature
  public boolean preprocess(
      Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> facts) {
    var isAttached = facts.get(SEPARATOR) != null;
    if (!isAttached && (arguments.isEmpty() || !arguments.peek().contains("://"))) {
      arguments.push(ModeChoice.BARE);
    }
    return false;
  }
}
