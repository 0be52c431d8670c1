package dev.runs.bootstrap.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The packaged jar, unpacked by its own tools, and beside it what Java keeps of a server's classes:
 * a process then begins in a third of the time, and tests begin hundreds.
 */
final class PackagedJar {

  private static final Path JAR = Path.of(System.getProperty("runs.jar"));
  private static final Path UNPACKED = JAR.resolveSibling("endtoend");
  private static final Path KEPT_CLASSES = UNPACKED.resolve("server.aot");

  /** Of processes that live a short time. */
  private static final List<String> OPTIONS =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC");

  private PackagedJar() {}

  /** What starts a program of it, with these arguments. */
  static List<String> commandLine(List<String> arguments) {
    return line(
        List.of("-XX:AOTCache=" + Prepared.CLASSES, "-Xlog:aot=off", "-Xlog:cds=off"), arguments);
  }

  private static List<String> line(List<String> options, List<String> arguments) {
    var line = new ArrayList<>(OPTIONS);
    line.addAll(options);
    line.addAll(List.of("-jar", UNPACKED.resolve(JAR.getFileName()).toString()));
    line.addAll(arguments);
    return line;
  }

  /**
   * Made when it is first needed, once for all processes that run tests at the same time: under the
   * feet of a server, its jar must not be replaced.
   */
  private static final class Prepared {

    /** Says of which jar the unpacked one is. */
    private static final Path OF_WHICH = UNPACKED.resolve("of-which");

    static final Path CLASSES = prepare();

    private static Path prepare() {
      try (var channel =
              FileChannel.open(
                  JAR.resolveSibling("endtoend.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          var _ = channel.lock()) {
        var which = Files.getLastModifiedTime(JAR) + " " + Files.size(JAR);
        if (!Files.exists(OF_WHICH) || !Files.readString(OF_WHICH).equals(which)) {
          unpack();
          Files.writeString(OF_WHICH, which);
        }
        return KEPT_CLASSES;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void unpack() throws IOException {
      try {
        run(
            List.of(
                OPTIONS.getFirst(),
                "-Djarmode=tools",
                "-jar",
                JAR.toString(),
                "extract",
                "--force",
                "--destination",
                UNPACKED.toString()));
        Files.deleteIfExists(KEPT_CLASSES);
        var stage = Files.createTempDirectory("rehearsal");
        var server =
            Server.listening(
                new ProcessBuilder(
                        line(
                            List.of("-XX:AOTCacheOutput=" + KEPT_CLASSES),
                            List.of("serve", "--port", "0")))
                    .directory(stage.toFile())
                    .redirectErrorStream(true)
                    .start());
        server.client().get("/v1/runs");
        server.stop();
        if (!Files.exists(KEPT_CLASSES)) {
          throw new AssertionError("Java kept no classes: " + server.log());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    private static void run(List<String> line) throws IOException, InterruptedException {
      var process = new ProcessBuilder(line).redirectErrorStream(true).start();
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError("the jar cannot be unpacked: " + text);
      }
    }
  }
}
