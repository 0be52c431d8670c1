package dev.runs.adapters.cli.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runs.adapters.cli.secret.EnvironmentSecrets;
import dev.runs.domain.queue.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes runs by a command of the shell, which is given the input on its standard input and facts
 * of the run in its environment. What it prints last as JSON is the output, what it complains of
 * goes to the log and becomes the error, and {@link ExitMeaning} says what its exit code means.
 */
public final class ShellCommand implements RunHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ShellCommand.class);

  private static final int LONGEST_COMPLAINT = 8 * 1024;

  /** Who has left its streams to a process that goes on is not waited for. */
  private static final Duration READING_ON = Duration.ofSeconds(1);

  private final String command;
  private final Map<String, String> environment;

  /**
   * @param environment of the command, beside what it learns of its run; the secrets of the worker
   *     are left out
   */
  public ShellCommand(String command, Map<String, String> environment) {
    this.command = command;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public RunResult handle(Assignment assignment) throws Exception {
    var process = started(assignment);
    var output = new PrintedOutput();
    var complaints = new ErrorTail();
    var readers =
        List.of(
            Thread.startVirtualThread(() -> write(process, assignment.input())),
            reading(process.getInputStream(), Payload.MOST_BYTES, output::add),
            reading(
                process.getErrorStream(),
                LONGEST_COMPLAINT + assignment.masking().longest(),
                line -> complaints.add(logged(line, assignment))));
    try {
      var exitCode = process.waitFor();
      awaitAll(readers);
      var meaning = ExitMeaning.of(exitCode);
      if (meaning != ExitMeaning.SUCCEEDED) {
        throw meaning.failure(complaints.with(exitCode));
      }
      return output.result();
    } catch (InterruptedException e) {
      end(process, assignment.graceForStopping());
      throw e;
    } finally {
      process.destroyForcibly();
    }
  }

  private Process started(Assignment assignment) throws IOException {
    var builder = new ProcessBuilder("/bin/sh", "-c", command);
    var variables = builder.environment();
    variables.clear();
    variables.putAll(environment);
    variables.keySet().removeIf(name -> name.startsWith(EnvironmentSecrets.PREFIX));
    variables.put("RUNS_RUN_ID", assignment.runId());
    variables.put("RUNS_ROOT_ID", assignment.rootId());
    variables.put("RUNS_KIND", assignment.kind());
    variables.put("RUNS_PROJECT", assignment.project());
    variables.put("RUNS_ATTEMPT", Integer.toString(assignment.attempt()));
    variables.put("RUNS_MAX_ATTEMPTS", Integer.toString(assignment.maxAttempts()));
    variables.put("RUNS_WORKER_ID", assignment.workerId());
    variables.put("RUNS_TRACE_ID", assignment.traceId());
    variables.put("TRACEPARENT", assignment.traceparent());
    // that of the worker's own caller belongs to another trace
    variables.remove("TRACESTATE");
    return builder.start();
  }

  /** A command need not read what it is given. */
  private static void write(Process process, String input) {
    try (var stream = process.getOutputStream()) {
      stream.write(input.getBytes(UTF_8));
    } catch (IOException e) {
      LOG.debug("The command has not read all of its input: {}", e.toString());
    }
  }

  private static Thread reading(
      InputStream stream, int longest, Consumer<CappedLines.Line> reader) {
    return Thread.startVirtualThread(() -> {
      try (stream) {
        var lines = new CappedLines(stream, longest);
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
          reader.accept(line.get());
        }
      } catch (IOException e) {
        LOG.debug("The command was not read to its end: {}", e.toString());
      }
    });
  }

  /** The line without secrets, also without half a one where it is cut off. */
  private static String logged(CappedLines.Line line, Assignment assignment) {
    var masking = assignment.masking();
    var text =
        line.isCut()
            ? masking.withoutHalfSecret(masking.mask(line.text())) + "…"
            : masking.mask(line.text());
    LOG.atInfo().addKeyValue("runId", assignment.runId()).log("{}", text);
    return text;
  }

  private static void awaitAll(List<Thread> readers) throws InterruptedException {
    for (var reader : readers) {
      reader.join(READING_ON);
    }
  }

  /** Asks the whole tree of processes to end, and ends it when it does not in time. */
  private static void end(Process process, Duration grace) {
    var tree = tree(process);
    if (!grace.isZero()) {
      tree.forEach(ProcessHandle::destroy);
      awaitEnd(tree, grace);
    }
    tree.addAll(tree(process));
    tree.forEach(ProcessHandle::destroyForcibly);
  }

  private static Set<ProcessHandle> tree(Process process) {
    var tree = new LinkedHashSet<ProcessHandle>();
    Stream.concat(Stream.of(process.toHandle()), process.descendants()).forEach(tree::add);
    return tree;
  }

  private static void awaitEnd(Set<ProcessHandle> tree, Duration grace) {
    var end = System.nanoTime() + grace.toNanos();
    try {
      while (tree.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() - end < 0) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException _) {
      // the lease is lost meanwhile: there is no more time
    }
  }
}
