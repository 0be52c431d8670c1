package dev.runs.domain.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.domain.queue.ErrorText;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunState;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LineageEventTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final LineageId RUN = new LineageId(new UUID(1, 2));
  private static final LineageJob JOB = new LineageJob("nightly", "load");

  private static LineageEvent event(LineageType type, Optional<String> error) {
    return new LineageEvent(
        type,
        NOON,
        RUN,
        JOB,
        Optional.empty(),
        Optional.empty(),
        error,
        "https://example.com",
        Optional.empty(),
        List.of());
  }

  private static LineageEvent of(String producer, int datasets) {
    var dataset =
        new AssertedDataset(
            "db", "orders", Optional.empty(), List.of(AssertedDatasetTest.passing("unique")));
    return new LineageEvent(
        LineageType.START,
        NOON,
        RUN,
        JOB,
        Optional.of(RUN),
        Optional.of(new NominalTime(NOON, Optional.empty())),
        Optional.empty(),
        producer,
        Optional.of(new JobKind("BATCH", "DBT", Optional.empty())),
        Collections.nCopies(datasets, dataset));
  }

  @ParameterizedTest
  @EnumSource(
      value = LineageType.class,
      names = {"START", "RUNNING", "OTHER"})
  void whatTellsOfNoEndEndsNothing(LineageType type) {
    assertThat(type.isEnd()).isFalse();
    assertThat(event(type, Optional.empty()).end(NOON)).isEmpty();
  }

  @Test
  void anEndIsAtItsOwnTimeUnlessThatIsStillToCome() {
    assertThat(event(LineageType.COMPLETE, Optional.empty()).end(NOON.plusSeconds(5)))
        .contains(new RunState.Succeeded(NOON));
    assertThat(event(LineageType.ABORT, Optional.empty()).end(NOON.minusSeconds(5)))
        .contains(new RunState.Canceled(NOON.minusSeconds(5)));
    assertThat(event(LineageType.FAIL, Optional.empty()).end(NOON))
        .contains(new RunState.Failed(NOON, RunFailure.UNEXPLAINED));
  }

  @Test
  void aLongErrorIsCutLikeThatOfAnyRun() {
    assertThat(event(LineageType.FAIL, Optional.of("x".repeat(20_000))).error().orElseThrow())
        .isEqualTo(ErrorText.capped("x".repeat(20_000)));
  }

  @Test
  void aRunIsNotItsOwnParent() {
    assertThat(of("p", 0).parent()).isEmpty();
  }

  @Test
  void onlyWhatIsKnownIsKept() {
    assertThat(of("p", 0).metadata())
        .containsOnlyKeys(
            "job_namespace",
            "job_name",
            "producer",
            "nominal_start_time",
            "integration",
            "processing_type");
    assertThat(event(LineageType.START, Optional.empty()).metadata())
        .containsOnlyKeys("job_namespace", "job_name", "producer");
  }

  @Test
  void anEventHasAHundredDatasetsAtMost() {
    assertThat(of("p", 100).datasets()).hasSize(100);
    assertThatExceptionOfType(LineageRejected.TooMany.class)
        .isThrownBy(() -> of("p", 101))
        .withMessage("datasets has at most 100 entries, not 101.");
  }

  @Test
  void aProducerHasOneToTwoThousandCharacters() {
    assertThat(of("x".repeat(2_000), 0).producer()).hasSize(2_000);
    assertThatExceptionOfType(LineageRejected.BadText.class)
        .isThrownBy(() -> of("x".repeat(2_001), 0))
        .withMessage("producer has 1 to 2,000 characters, not 2,001.");
    assertThatExceptionOfType(LineageRejected.BadText.class).isThrownBy(() -> of("", 0));
  }

  @Test
  void aJobHasANamespaceAndANameOfOneToTwoThousandCharacters() {
    var longest = "x".repeat(2_000);
    assertThat(new LineageJob(longest, longest).name()).isEqualTo(longest);
    assertThatExceptionOfType(LineageRejected.BadText.class)
        .isThrownBy(() -> new LineageJob("", "load"))
        .satisfies(rejected -> assertThat(rejected.field()).isEqualTo("namespace"));
    assertThatExceptionOfType(LineageRejected.BadText.class)
        .isThrownBy(() -> new LineageJob("nightly", longest + "x"))
        .satisfies(rejected -> assertThat(rejected.field()).isEqualTo("name"));
  }

  @Test
  void aLongNameEndsWithADigestOfItAll() {
    assertThat(new LineageJob("n", "x".repeat(255)).shortName()).isEqualTo("x".repeat(255));
    var one = new LineageJob("n", "x".repeat(256)).shortName();
    assertThat(one).hasSize(255).startsWith("x".repeat(190) + "~");
    assertThat(new LineageJob("n", "x".repeat(257)).shortName()).isNotEqualTo(one);
  }

  @Test
  void aLongNameIsCutBetweenCharacters() {
    var cut = new LineageJob("n", "x".repeat(189) + "😀".repeat(50)).shortName();

    assertThat(cut).startsWith("x".repeat(189) + "~").hasSize(254);
  }

  @Test
  void aKindOfJobHasShortWords() {
    assertThatExceptionOfType(LineageRejected.BadText.class)
        .isThrownBy(() -> new JobKind("x".repeat(256), "DBT", Optional.empty()))
        .satisfies(rejected -> assertThat(rejected.field()).isEqualTo("processingType"));
    assertThatExceptionOfType(LineageRejected.BadText.class)
        .isThrownBy(() -> new JobKind("BATCH", "", Optional.empty()))
        .satisfies(rejected -> assertThat(rejected.field()).isEqualTo("integration"));
    assertThatExceptionOfType(LineageRejected.BadText.class)
        .isThrownBy(() -> new JobKind("BATCH", "DBT", Optional.of("x".repeat(256))))
        .satisfies(rejected -> assertThat(rejected.field()).isEqualTo("jobType"));
  }
}
