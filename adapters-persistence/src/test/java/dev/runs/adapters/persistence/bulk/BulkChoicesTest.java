package dev.runs.adapters.persistence.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.bulk.BulkChoice;
import dev.runs.application.run.RunFilter;
import dev.runs.domain.Seeded;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.UserId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BulkChoicesTest {

  private static final RunId RUN =
      new RunId(UUID.fromString("019d2f6e-0c5b-7a41-9d3e-0f6c1a2b3c4d"));

  @Test
  void comeBackAsTheyWereWritten() {
    Seeded.check(
        500,
        random -> {
          var choice =
              random.nextInt(5) == 0
                  ? new BulkChoice.Selected(
                      Stream.generate(() -> run(random)).limit(random.nextInt(5)).toList())
                  : new BulkChoice.Matching(filter(random));
          assertThat(BulkChoices.ofJson(BulkChoices.toJson(choice))).isEqualTo(choice);
        });
  }

  /** So that what an earlier version has written is read in the same way for ever. */
  @Test
  void areWrittenInThisForm() {
    var filter =
        RunFilter.ALL
            .ofService("queue")
            .in(Set.of(StateName.TIMED_OUT, StateName.FAILED))
            .ofRoots()
            .matching("calm")
            .narrowedTo(
                Optional.of(new Slug("default")),
                Optional.of(Instant.parse("2026-03-01T12:00:00Z")),
                Optional.empty());

    assertThat(BulkChoices.toJson(new BulkChoice.Matching(filter)))
        .isEqualTo(
            """
            {"filter":{"service":"queue","states":["failed","timed_out"],"project":"default",\
            "createdFrom":"2026-03-01T12:00:00Z","roots":true,"text":"calm"}}\
            """);
    assertThat(BulkChoices.toJson(new BulkChoice.Matching(RunFilter.ALL)))
        .isEqualTo("{\"filter\":{}}");
    assertThat(BulkChoices.toJson(new BulkChoice.Selected(List.of(RUN))))
        .isEqualTo("{\"runs\":[\"019d2f6e-0c5b-7a41-9d3e-0f6c1a2b3c4d\"]}");
  }

  private static RunFilter filter(RandomGenerator random) {
    return new RunFilter(
        maybe(random, () -> text(random)),
        maybe(random, () -> text(random)),
        maybe(random, () -> new UserId(uuid(random))),
        Arrays.stream(StateName.values())
            .filter(_ -> random.nextInt(4) == 0)
            .collect(Collectors.toSet()),
        maybe(random, () -> instant(random)),
        maybe(random, () -> instant(random)),
        maybe(random, () -> run(random)),
        maybe(random, () -> text(random)),
        maybe(random, () -> text(random)),
        maybe(random, () -> text(random)),
        maybe(random, () -> new Slug("project-" + random.nextInt(100))),
        maybe(random, () -> instant(random)),
        maybe(random, () -> instant(random)),
        random.nextBoolean(),
        maybe(random, () -> text(random)));
  }

  private static <T> Optional<T> maybe(RandomGenerator random, Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private static String text(RandomGenerator random) {
    var signs = List.of("a", "\"", "\\", "é", "😀", " ", "\n", "{", "0", "%", "'");
    return Stream.generate(() -> Seeded.oneOf(signs, random))
        .limit(1 + random.nextInt(20))
        .collect(Collectors.joining());
  }

  private static Instant instant(RandomGenerator random) {
    return Instant.ofEpochSecond(
        random.nextLong(0, 4_000_000_000L), random.nextInt(1_000_000) * 1_000L);
  }

  private static RunId run(RandomGenerator random) {
    return new RunId(uuid(random));
  }

  private static UUID uuid(RandomGenerator random) {
    return new UUID(random.nextLong(), random.nextLong());
  }
}
