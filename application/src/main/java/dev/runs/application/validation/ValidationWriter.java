package dev.runs.application.validation;

import dev.runs.application.Ids;
import dev.runs.application.event.RunEvents;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Slug;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.Run;
import dev.runs.domain.validation.Validation;
import dev.runs.domain.validation.ValidationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes validations, as part of a transaction, with all that follows from them. */
public final class ValidationWriter {

  private final Validations validations;
  private final RunEvents events;
  private final Ids ids;

  public ValidationWriter(Validations validations, RunEvents events, Ids ids) {
    this.validations = validations;
    this.events = events;
    this.ids = ids;
  }

  /**
   * Where and by whom a validation is recorded.
   *
   * @param run whose data was validated; nothing when it was no run's
   */
  public record Place(
      OrganizationId organization, Slug project, Optional<Run> run, Principal actor) {

    /** Beside a run. */
    public static Place of(Run run, Principal actor) {
      return new Place(run.organization(), run.space().project(), Optional.of(run), actor);
    }
  }

  /**
   * @param onceKey as {@link Validations#add} has it
   * @return nothing when there is one of this key already
   */
  public Optional<Validation> write(
      Place place, NewValidation given, Optional<String> onceKey, Instant now) {
    var validation =
        new Validation(
            new ValidationId(ids.next()),
            place.organization(),
            place.project(),
            place.run().map(Run::id),
            given.contract(),
            given.contractVersion(),
            given.schemaName(),
            given.environment(),
            given.pipelineId(),
            given.verdict(),
            given.counts(),
            given.duration(),
            given.errors(),
            given.warnings(),
            given.samples(),
            given.metadata(),
            place.actor(),
            now);
    if (!validations.add(validation, onceKey)) {
      return Optional.empty();
    }
    place.run().ifPresent(run -> events.add(List.of(RunEvent.validationRecorded(run, validation))));
    return Optional.of(validation);
  }
}
