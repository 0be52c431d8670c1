package dev.runs.application.bulk;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.run.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * One action on many runs of an organization. They are gone through in the order of their ids.
 *
 * @param actor who asked for it
 * @param through the last run that is meant; runs made later are left alone
 * @param expected how many runs were meant at the beginning
 * @param place the last run that was looked at; nothing at the beginning
 * @param version counts the changes, from 1
 * @param origin where the request for it came from; nothing when that is not known
 * @param stopCode why the service stopped it, as the code of a refusal; nothing when it did not
 */
public record BulkOperation(
    BulkId id,
    OrganizationId organization,
    BulkAction action,
    Principal actor,
    Instant createdAt,
    RunId through,
    long expected,
    BulkState state,
    BulkTally tally,
    Optional<RunId> place,
    Instant updatedAt,
    long version,
    Optional<Origin> origin,
    Optional<String> stopCode) {

  /** One of which nothing is done yet. */
  public static BulkOperation begun(
      BulkId id,
      OrganizationId organization,
      BulkAction action,
      Principal actor,
      RunId through,
      long expected,
      Instant now) {
    return new BulkOperation(
        id,
        organization,
        action,
        actor,
        now,
        through,
        expected,
        BulkState.RUNNING,
        BulkTally.NOTHING,
        Optional.empty(),
        now,
        1,
        Optional.empty(),
        Optional.empty());
  }

  /** The same, with the request that asked for it. */
  public BulkOperation from(Origin known) {
    return new BulkOperation(
        id,
        organization,
        action,
        actor,
        createdAt,
        through,
        expected,
        state,
        tally,
        place,
        updatedAt,
        version,
        Optional.of(known),
        stopCode);
  }

  public boolean isRunning() {
    return state == BulkState.RUNNING;
  }

  /**
   * With some more runs looked at.
   *
   * @param newPlace the last of them
   * @param isLast whether none is left
   */
  public BulkOperation carriedOn(BulkTally soFar, RunId newPlace, boolean isLast, Instant now) {
    return changed(
        isLast ? BulkState.DONE : BulkState.RUNNING,
        soFar,
        Optional.of(newPlace),
        now,
        Optional.empty());
  }

  /** When it turns out that none was left. */
  public BulkOperation done(Instant now) {
    return changed(BulkState.DONE, tally, place, now, Optional.empty());
  }

  /** When it is to do nothing more. */
  public BulkOperation stopped(Instant now) {
    return changed(BulkState.STOPPED, tally, place, now, Optional.empty());
  }

  /**
   * When it may do nothing more.
   *
   * @param code of the refusal
   */
  public BulkOperation stoppedFor(String code, Instant now) {
    return changed(BulkState.STOPPED, tally, place, now, Optional.of(code));
  }

  private BulkOperation changed(
      BulkState newState,
      BulkTally newTally,
      Optional<RunId> newPlace,
      Instant now,
      Optional<String> newStopCode) {
    return new BulkOperation(
        id,
        organization,
        action,
        actor,
        createdAt,
        through,
        expected,
        newState,
        newTally,
        newPlace,
        now,
        version + 1,
        origin,
        newStopCode);
  }
}
