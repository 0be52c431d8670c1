package dev.runs.bootstrap;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Goes through usual commands on a file that is thrown away, so that Java can keep what they load
 * and begin faster the next time. For {@code bin/runs}, not for people.
 */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Runnable {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(paramLabel = "FOLDER", description = "Where rehearsal.db is.")
  private Path folder;

  @Override
  public void run() {
    var file = folder.resolve("rehearsal.db").toString();
    play("enqueue", "rehearsal", "--input", "{\"n\":1}", "--db", file);
    var id = play("list", "--db", file).split("\t")[0];
    play("list", "--json", "--db", file);
    play("status", id, "--json", "--db", file);
    play("cancel", id, "--yes", "--db", file);
    play("tail", id, "--db", file);
    askNobody();
  }

  /** So that what speaks to servers is loaded too. */
  private static void askNobody() {
    play("list", "--remote", "http://localhost:1");
  }

  private static String play(String... arguments) {
    var out = new StringWriter();
    try (var nowhere = new PrintWriter(out)) {
      RunsService.commandLine(Map.of(), arguments)
          .setOut(nowhere)
          .setErr(nowhere)
          .execute(arguments);
    }
    return out.toString();
  }
}
