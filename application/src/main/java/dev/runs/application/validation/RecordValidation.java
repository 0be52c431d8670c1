package dev.runs.application.validation;

import dev.runs.application.Caller;
import dev.runs.application.Receipt;
import dev.runs.application.Transactions;
import dev.runs.application.access.Projects;
import dev.runs.application.run.Runs;
import dev.runs.application.run.Spaces;
import dev.runs.application.secret.InputCheck;
import dev.runs.application.validation.ValidationWriter.Place;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Scope;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.secret.Credentials;
import dev.runs.domain.validation.Validation;
import dev.runs.domain.validation.ValidationRejected;
import java.time.InstantSource;
import java.util.Optional;

/** Records what a validation found. */
public final class RecordValidation {

  private final Runs runs;
  private final Projects projects;
  private final ValidationWriter writer;
  private final InputCheck inputCheck;
  private final Transactions transactions;
  private final InstantSource clock;

  public RecordValidation(
      Runs runs,
      Projects projects,
      ValidationWriter writer,
      InputCheck inputCheck,
      Transactions transactions,
      InstantSource clock) {
    this.runs = runs;
    this.projects = projects;
    this.writer = writer;
    this.inputCheck = inputCheck;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Beside its run, in whatever state that is; without a run in the organization in which the
   * caller acts.
   *
   * @throws ValidationRejected.RunNotFound when the run is beyond the caller's reach
   * @throws AccessRejected.UnknownProject when there is no such project within the caller's reach
   * @throws RunRejected.OtherProject when the run is in another project
   */
  public Validation record(Caller caller, NewValidation given, Receipt<Validation> receipt) {
    caller.require(Scope.VALIDATIONS_WRITE);
    var credentials = Credentials.in(given.given());
    return transactions.inTransaction(
        receipt,
        () -> {
          var place = place(caller, given);
          inputCheck.refuseCredentials(place.organization(), credentials);
          return writer.write(place, given, Optional.empty(), clock.instant()).orElseThrow();
        });
  }

  private Place place(Caller caller, NewValidation given) {
    var run =
        given
            .run()
            .map(id ->
                runs.find(caller.reach(), id)
                    .orElseThrow(() -> new ValidationRejected.RunNotFound(id.toString())));
    var organization = run.map(Run::organization).orElse(caller.organization());
    var space = new Spaces(projects).of(caller, organization, given.project(), run);
    return new Place(organization, space.project(), run, caller.principal());
  }
}
