package dev.runs.bootstrap.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A program of its own that claims runs, does next to nothing and reports; to be killed and frozen
 * at any moment. It writes down what the server has acknowledged, and when it had asked for that:
 * by a clock that all processes of a machine share.
 */
final class WorkerProcess {

  /** Where the server is at present; the file comes anew with each server. */
  static final String ADDRESS = "address";

  static final int LEASE_SECONDS = 2;

  private static final int AT_ONCE = 20;
  private static final long LONGEST_WORK_NANOS = 20_000_000;
  private static final long PAUSE_NANOS = 50_000_000;

  /** A line of the journal. */
  record Entry(Kind kind, String run, int attempt, long at, String outputRef) {

    enum Kind {
      /** A claim was answered. */
      CLAIMED,
      /** Something was accepted that leaves the run where it is. */
      KEPT,
      /** A success was accepted. */
      SUCCEEDED,
      /** A failure, or that the run is given back, was accepted. */
      RETURNED
    }

    static Entry of(String line) {
      var parts = line.split(" ", -1);
      return new Entry(
          Kind.valueOf(parts[0]),
          parts[1],
          Integer.parseInt(parts[2]),
          Long.parseLong(parts[3]),
          parts[4]);
    }

    String line() {
      return "%s %s %d %d %s%n".formatted(kind, run, attempt, at, outputRef);
    }
  }

  private record Held(String run, int attempt, String token) {

    static Held of(JsonNode run) {
      return new Held(
          run.at("/id").asString(),
          run.at("/lease/attempt").asInt(),
          run.at("/lease/leaseToken").asString());
    }
  }

  private final Path folder;
  private final String name;
  private final RandomGenerator random = new SplittableRandom();

  private WorkerProcess(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /** Works until it is killed. */
  public static void main(String[] arguments) {
    var worker = new WorkerProcess(Path.of(arguments[0]), arguments[1]);
    while (true) {
      worker.claimAndWork();
    }
  }

  /** The journals of all workers that worked in a folder. */
  static List<Entry> journal(Path folder) throws IOException {
    var entries = new ArrayList<Entry>();
    try (var files = Files.newDirectoryStream(folder, "*.journal")) {
      for (var file : files) {
        // a worker that was killed while it wrote leaves a line without its end
        var text = Files.readString(file);
        text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Entry::of).forEach(entries::add);
      }
    }
    return entries;
  }

  private void claimAndWork() {
    List<Held> claimed;
    try {
      claimed = claim();
    } catch (UncheckedIOException e) {
      // the server was killed; what it may have given away comes back when the leases end
      LockSupport.parkNanos(PAUSE_NANOS);
      return;
    }
    var together = claimed.stream().filter(_ -> random.nextInt(3) == 0).toList();
    claimed.stream().filter(held -> !together.contains(held)).forEach(this::work);
    if (!together.isEmpty()) {
      succeedTogether(together);
    }
  }

  private List<Held> claim() {
    var answer =
        server()
            .post(
                "/v1/runs:claim",
                "{'workerId':'%s','limit':%s,'leaseSeconds':%s,'waitSeconds':1}",
                name,
                AT_ONCE,
                LEASE_SECONDS)
            .is(200);
    var answered = System.nanoTime();
    var claimed = answer.at("/runs").valueStream().map(Held::of).toList();
    claimed.forEach(held -> write(Entry.Kind.CLAIMED, held, answered, ""));
    return claimed;
  }

  private void work(Held held) {
    LockSupport.parkNanos(random.nextLong(LONGEST_WORK_NANOS));
    switch (random.nextInt(20)) {
      case 0 -> report(held, "fail", ",'error':'broken'", Entry.Kind.RETURNED, "");
      case 1 -> report(held, "release", "", Entry.Kind.RETURNED, "");
      case 2, 3 -> {
        report(held, "heartbeat", "", Entry.Kind.KEPT, "");
        succeed(held);
      }
      default -> succeed(held);
    }
  }

  private void succeed(Held held) {
    var outputRef = outputRef(held);
    report(
        held, "succeed", ",'outputRef':'%s'".formatted(outputRef), Entry.Kind.SUCCEEDED, outputRef);
  }

  /** Says it until there is an answer, as a worker must. */
  private void report(Held held, String verb, String more, Entry.Kind kind, String outputRef) {
    var sent = System.nanoTime();
    var answer =
        untilAnswered(
            "/v1/runs/%s:%s".formatted(held.run(), verb),
            "{'workerId':'%s','attempt':%s,'leaseToken':'%s'%s}"
                .formatted(name, held.attempt(), held.token(), more));
    if (answer.status() != 409) {
      answer.is(200);
      write(kind, held, sent, outputRef);
    }
  }

  private void succeedTogether(List<Held> together) {
    var items =
        together.stream()
            .map(held ->
                "{'id':'%s','attempt':%d,'leaseToken':'%s','outputRef':'%s'}"
                    .formatted(held.run(), held.attempt(), held.token(), outputRef(held)))
            .collect(Collectors.joining(","));
    var sent = System.nanoTime();
    var answer =
        untilAnswered("/v1/runs:succeed", "{'workerId':'%s','items':[%s]}".formatted(name, items))
            .is(200);
    for (var i = 0; i < together.size(); i++) {
      var status = answer.at("/results/" + i + "/status").asInt();
      if (status == 200) {
        write(Entry.Kind.SUCCEEDED, together.get(i), sent, outputRef(together.get(i)));
      } else if (status != 409) {
        throw new AssertionError("unexpected: " + answer);
      }
    }
  }

  private Client.Answer untilAnswered(String path, String body) {
    while (true) {
      try {
        return server().post(path, body);
      } catch (UncheckedIOException e) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Says who did it. */
  private String outputRef(Held held) {
    return "%s/%d/%s".formatted(name, held.attempt(), held.token());
  }

  private Client server() {
    try {
      var address = URI.create(Files.readString(folder.resolve(ADDRESS)));
      return new Client(address, Map.of("X-API-Key", Server.KEY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Entry.Kind kind, Held held, long at, String outputRef) {
    try {
      Files.writeString(
          folder.resolve("%s-%d.journal".formatted(name, ProcessHandle.current().pid())),
          new Entry(kind, held.run(), held.attempt(), at, outputRef).line(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
