package dev.runs.domain.lineage;

import dev.runs.domain.queue.ErrorText;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a scheduler or an engine tells of one of its runs at one moment. The same event may come
 * twice, and events of one run in any order.
 *
 * @param at when it happened, by the clock of whoever tells it
 * @param parent the run that set this one off, by its name where it is executed or as a run of this
 *     service; nothing when nobody is named, or the run itself
 * @param error what went wrong, for a person; of a long one its beginning
 * @param producer who tells it, as a URI; 1 to {@value #MOST_PRODUCER_CHARACTERS} characters
 * @param datasets those of which something is asserted, at most {@value #MOST_DATASETS}
 */
public record LineageEvent(
    LineageType type,
    Instant at,
    LineageId run,
    LineageJob job,
    Optional<LineageId> parent,
    Optional<NominalTime> nominalTime,
    Optional<String> error,
    String producer,
    Optional<JobKind> kind,
    List<AssertedDataset> datasets) {

  public static final int MOST_PRODUCER_CHARACTERS = 2_000;

  /** The most datasets of one event of which something is asserted. */
  public static final int MOST_DATASETS = 100;

  /**
   * @throws LineageRejected when the producer is too short or too long, or there are too many
   *     datasets
   */
  public LineageEvent {
    LineageText.check("producer", producer, MOST_PRODUCER_CHARACTERS);
    parent = parent.filter(above -> !above.equals(run));
    error = error.map(ErrorText::capped);
    datasets = List.copyOf(datasets);
    if (datasets.size() > MOST_DATASETS) {
      throw new LineageRejected.TooMany("datasets", MOST_DATASETS, datasets.size());
    }
  }

  /**
   * How its run has ended; nothing when the event does not end it.
   *
   * @param heardAt no run ends later than that is heard, whatever clock its executor has
   */
  public Optional<RunState.Terminal> end(Instant heardAt) {
    var endedAt = notAfter(heardAt);
    return switch (type) {
      case START, RUNNING, OTHER -> Optional.empty();
      case COMPLETE -> Optional.of(new RunState.Succeeded(endedAt));
      case ABORT -> Optional.of(new RunState.Canceled(endedAt));
      case FAIL ->
          Optional.of(
              new RunState.Failed(
                  endedAt, new RunFailure(RunFailure.Kind.USER, error.orElse(null))));
    };
  }

  /** When it happened, or when it was heard if that was earlier. */
  public Instant notAfter(Instant heardAt) {
    return at.isAfter(heardAt) ? heardAt : at;
  }

  /** What is kept with its run of all this, by name. */
  public Map<String, String> metadata() {
    var told = new LinkedHashMap<String, String>();
    told.put("job_namespace", job.namespace());
    told.put("job_name", job.name());
    told.put("producer", producer);
    nominalTime.ifPresent(time -> {
      told.put("nominal_start_time", time.start().toString());
      time.end().ifPresent(end -> told.put("nominal_end_time", end.toString()));
    });
    kind.ifPresent(its -> {
      told.put("integration", its.integration());
      told.put("processing_type", its.processing());
      its.type().ifPresent(type -> told.put("job_type", type));
    });
    return told;
  }
}
