package dev.runs.domain.queue;

import static dev.runs.domain.queue.QueueFixtures.TOKEN;
import static dev.runs.domain.queue.QueueFixtures.WORKER;
import static dev.runs.domain.queue.QueueFixtures.waiting;
import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.run.RunFailure.Kind;
import dev.runs.domain.run.StateName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the page about the queue true: what it draws is what becomes of queued runs. */
final class QueuePageTest {

  private static final Path PAGE = Path.of("..", "docs", "queue.md");

  @Test
  void drawsWhatEveryOutcomeMakesOfARun() throws IOException {
    assertThat(Files.readString(PAGE)).contains(diagram());
  }

  private static String diagram() {
    var moves = new LinkedHashMap<String, String>();
    moves.put("enqueue", "[*] --> " + state(waiting(1, 2)));
    moves.put("claim", "queued --> " + state(held(2)));
    moves.put("cancel", "queued --> " + state(waiting(1, 2).cancelWaiting(NOON).after()));
    outcomes().forEach((label, outcome) -> moves.put(label, "running --> " + outcome));
    var ends =
        Stream.of(StateName.values())
            .filter(StateName::isTerminal)
            .map(state -> "    %s --> [*]".formatted(state.wireName()));
    var drawn =
        moves.entrySet().stream()
            .map(move -> "    %s : %s".formatted(move.getValue(), move.getKey()));
    return """
    ```mermaid
    stateDiagram-v2
    %s
    ```
    """
        .formatted(Stream.concat(drawn, ends).collect(Collectors.joining("\n")));
  }

  private static Map<String, String> outcomes() {
    var fail = new Outcome.Failed("broken", true, Kind.USER);
    var canceled = held(2).requestCancel(NOON);
    var after = new LinkedHashMap<String, String>();
    after.put("succeed", after(held(2), new Outcome.Succeeded(Optional.empty(), Optional.empty())));
    after.put("fail, attempts left", after(held(2), fail));
    after.put("fail, last attempt", after(held(1), fail));
    after.put("fail, verdict", after(held(2), new Outcome.Failed("no", true, Kind.VERDICT)));
    after.put("release", after(held(1), new Outcome.Released()));
    after.put("worker lost, attempts left", after(held(2), new Outcome.Lost()));
    after.put("worker lost, last attempt", after(held(1), new Outcome.Lost()));
    after.put("time-out", after(held(2), new Outcome.TimedOut()));
    after.put(
        "succeed, cancel requested",
        after(canceled, new Outcome.Succeeded(Optional.empty(), Optional.empty())));
    after.put("fail, cancel requested", after(canceled, fail));
    after.put("release, cancel requested", after(canceled, new Outcome.Released()));
    after.put("worker lost, cancel requested", after(canceled, new Outcome.Lost()));
    after.put("not stopped in time", after(canceled, new Outcome.Stopped()));
    return after;
  }

  private static QueuedRun held(int maxAttempts) {
    return waiting(1, maxAttempts).claim(WORKER, NOON).after();
  }

  private static String after(QueuedRun held, Outcome outcome) {
    var random = new SplittableRandom(1);
    return state(held.end(outcome, Optional.of(TOKEN), Backoff.USUAL, random, NOON).after());
  }

  private static String state(QueuedRun queued) {
    return queued.run().stateName().wireName();
  }
}
