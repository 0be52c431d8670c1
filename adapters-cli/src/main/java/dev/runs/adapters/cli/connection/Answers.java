package dev.runs.adapters.cli.connection;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.ObjectNode;

/** How commands answer: lines for people, or one JSON object for programs. */
public final class Answers {

  private Answers() {}

  /** Writes a result as JSON; {@code mode} comes first in it. */
  public static void json(CommandSpec command, Mode mode, ObjectNode result) {
    var answer = Documents.object().put("mode", mode.word());
    answer.setAll(result);
    line(command, Documents.text(answer));
  }

  public static void line(CommandSpec command, String text) {
    var out = command.commandLine().getOut();
    out.println(text);
    out.flush();
  }

  /** Writes a failure as JSON. */
  public static void failure(PrintWriter out, String code, String message) {
    var answer = Documents.object();
    answer.putObject("error").put("code", code).put("message", message);
    out.println(Documents.text(answer));
    out.flush();
  }
}
