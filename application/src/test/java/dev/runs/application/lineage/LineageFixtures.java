package dev.runs.application.lineage;

import static dev.runs.domain.run.RunFixtures.NOON;

import dev.runs.domain.lineage.AssertedDataset;
import dev.runs.domain.lineage.Assertion;
import dev.runs.domain.lineage.Assertion.Severity;
import dev.runs.domain.lineage.JobKind;
import dev.runs.domain.lineage.LineageEvent;
import dev.runs.domain.lineage.LineageId;
import dev.runs.domain.lineage.LineageJob;
import dev.runs.domain.lineage.LineageType;
import dev.runs.domain.lineage.NominalTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Events as a scheduler tells them. */
public final class LineageFixtures {

  public static final String PRODUCER = "https://example.com/scheduler";

  private LineageFixtures() {}

  /** A name that is known by two numbers. */
  public static LineageId lineageId(long tree, int number) {
    return new LineageId(new UUID(0x4000L | (tree << 16), Long.MIN_VALUE | number));
  }

  /** So many seconds before noon. */
  public static Instant before(long seconds) {
    return NOON.minusSeconds(seconds);
  }

  public static LineageEvent event(LineageType type, LineageId run, String job, Instant at) {
    return new LineageEvent(
        type,
        at,
        run,
        new LineageJob("nightly", job),
        Optional.empty(),
        Optional.of(
            new NominalTime(NOON.minusSeconds(86_400), Optional.of(NOON.minusSeconds(3_600)))),
        Optional.empty(),
        PRODUCER,
        Optional.of(new JobKind("BATCH", "AIRFLOW", Optional.of("TASK"))),
        List.of());
  }

  public static LineageEvent below(LineageId parent, LineageEvent event) {
    return new LineageEvent(
        event.type(),
        event.at(),
        event.run(),
        event.job(),
        Optional.of(parent),
        event.nominalTime(),
        event.error(),
        event.producer(),
        event.kind(),
        event.datasets());
  }

  public static LineageEvent because(String error, LineageEvent event) {
    return new LineageEvent(
        event.type(),
        event.at(),
        event.run(),
        event.job(),
        event.parent(),
        event.nominalTime(),
        Optional.of(error),
        event.producer(),
        event.kind(),
        event.datasets());
  }

  public static LineageEvent with(LineageEvent event, AssertedDataset... datasets) {
    return new LineageEvent(
        event.type(),
        event.at(),
        event.run(),
        event.job(),
        event.parent(),
        event.nominalTime(),
        event.error(),
        event.producer(),
        event.kind(),
        List.of(datasets));
  }

  public static AssertedDataset dataset(String name, Assertion... assertions) {
    return new AssertedDataset(
        "postgres://shop", name, Optional.of(100L), Arrays.asList(assertions));
  }

  public static Assertion assertion(String name, boolean success, Severity severity) {
    return new Assertion(
        name, success, Optional.of("id"), severity, Optional.empty(), Optional.empty());
  }
}
