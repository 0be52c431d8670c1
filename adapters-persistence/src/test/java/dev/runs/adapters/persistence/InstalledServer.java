package dev.runs.adapters.persistence;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A server of our own, made with the PostgreSQL that is installed on the machine. */
final class InstalledServer {

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  private InstalledServer() {}

  static PostgresLogin start() throws IOException {
    var programs =
        programs().orElseThrow(() -> new IOException("PostgreSQL is not installed here"));
    var folder = Files.createTempDirectory("runs-postgres");
    var data = folder.resolve("data").toString();
    var port = freePort();
    run(folder, programs, "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8");
    var options =
        "-p %d -k %s -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
            .formatted(port, folder);
    var log = folder.resolve("log").toString();
    run(folder, programs, "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(programs, folder, data)));
    return new PostgresLogin("127.0.0.1", port, "postgres", "postgres", "");
  }

  private static void stop(Path programs, Path folder, String data) {
    try {
      run(folder, programs, "pg_ctl", "-D", data, "-m", "immediate", "stop");
      try (var files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the PostgreSQL in " + folder + " does not stop", e);
    }
  }

  /** The newest that Debian has, or what is on the path. */
  private static Optional<Path> programs() throws IOException {
    var found = new ArrayList<Path>();
    if (Files.isDirectory(DEBIAN)) {
      try (var versions = Files.list(DEBIAN)) {
        versions
            .sorted(Comparator.comparingInt(InstalledServer::version).reversed())
            .map(version -> version.resolve("bin"))
            .forEach(found::add);
      }
    }
    Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(Path::of)
        .forEach(found::add);
    return found.stream().filter(bin -> Files.isExecutable(bin.resolve("initdb"))).findFirst();
  }

  private static int version(Path folder) {
    var digits = folder.getFileName().toString().replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** PostgreSQL refuses to work for root, so root puts on another name. */
  private static void run(Path folder, Path programs, String program, String... arguments)
      throws IOException {
    var mask =
        "root".equals(System.getProperty("user.name"))
            ? List.of("unshare", "-U")
            : List.<String>of();
    var command =
        Stream.of(mask, List.of(programs.resolve(program).toString()), Arrays.asList(arguments))
            .flatMap(List::stream)
            .toList();
    var output = folder.resolve(program + ".out");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(program + " failed: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + program + " was at work", e);
    }
  }
}
