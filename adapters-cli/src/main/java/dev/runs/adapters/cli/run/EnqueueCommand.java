package dev.runs.adapters.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.runs.adapters.cli.connection.Answers;
import dev.runs.adapters.cli.connection.CommandFailed;
import dev.runs.adapters.cli.connection.ConnectionOptions;
import dev.runs.adapters.cli.connection.Documents;
import dev.runs.adapters.cli.connection.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Hands a run in and prints its id. */
@Command(
    name = "enqueue",
    description = "Hands a run in, which waits until a worker claims it, and prints its id.",
    mixinStandardHelpOptions = true)
public final class EnqueueCommand implements Runnable {

  private final Surroundings around;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private ConnectionOptions connection;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private ProjectOption project;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(paramLabel = "KIND", description = "What sort of work it is, such as script.pull.")
  private String kind;

  @ArgGroup private @Nullable Given given;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description = "Asking again with the same key makes no second run.")
  private @Nullable String key;

  @Option(names = "--max-attempts", paramLabel = "N", description = "1 to 100; else 3.")
  private @Nullable Integer maxAttempts;

  @Option(names = "--priority", paramLabel = "N", description = "-1000 to 1000; else 0.")
  private @Nullable Integer priority;

  @Option(
      names = "--scheduled-at",
      paramLabel = "INSTANT",
      description = "Not before; as 2027-01-31T00:00:00Z.")
  private @Nullable OffsetDateTime scheduledAt;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long one attempt may take.")
  private @Nullable Long timeout;

  @Option(names = "--parent", paramLabel = "ID", description = "The run above.")
  private @Nullable String parent;

  /** What it is given, in one of two ways. */
  static final class Given {

    @Option(names = "--input", paramLabel = "JSON", description = "What it is given.")
    private @Nullable String text;

    @Option(names = "--stdin", description = "Read what it is given from the standard input.")
    private boolean isPiped;
  }

  public EnqueueCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public void run() {
    var request =
        new EnqueueRequest(
            kind,
            input(),
            project.project(around),
            Optional.ofNullable(key),
            Optional.ofNullable(maxAttempts),
            Optional.ofNullable(priority),
            Optional.ofNullable(scheduledAt).map(OffsetDateTime::toInstant),
            Optional.ofNullable(timeout).map(Duration::ofSeconds),
            Optional.ofNullable(parent));
    try (var desk = RunDesk.open(connection, around)) {
      var enqueued = desk.enqueue(request);
      if (connection.isJson()) {
        var result = Documents.object().put("isNew", enqueued.isNew());
        result.set("run", enqueued.run().json());
        Answers.json(spec, desk.mode(), result);
      } else {
        Answers.line(spec, enqueued.run().id());
      }
    }
  }

  private Optional<JsonNode> input() {
    if (given == null) {
      return Optional.empty();
    }
    var text = given.isPiped || given.text == null ? piped() : given.text;
    try {
      return Optional.of(Documents.read(text));
    } catch (JacksonException e) {
      throw CommandFailed.usage(
          "The input is no JSON: %s%s.".formatted(e.getOriginalMessage().strip(), place(e)));
    }
  }

  private static String place(JacksonException failure) {
    var at = failure.getLocation();
    return at == null || at.getLineNr() < 1
        ? ""
        : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
  }

  private String piped() {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(around.input().readAllBytes())).toString();
    } catch (CharacterCodingException _) {
      throw CommandFailed.usage("The input is not UTF-8 text.");
    } catch (IOException e) {
      throw new UncheckedIOException("the standard input cannot be read", e);
    }
  }
}
