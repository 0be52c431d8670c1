package dev.runs.application.bulk;

import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import java.util.List;
import java.util.Optional;

/** Bulk operations, those that go on and those that are over. */
public interface BulkOperations {

  /**
   * Adds one that was not there.
   *
   * @return whether the id was free
   */
  boolean add(BulkOperation operation, BulkChoice choice);

  /**
   * How many of an organization are running. Nobody else learns it before the transaction ends, so
   * that two who begin one do so one after the other.
   */
  int takeRunning(OrganizationId organization);

  /** Finds nothing when it is of an organization beyond the reach. */
  Optional<BulkOperation> find(Reach.Within reach, BulkId id);

  /** The newest of an organization. */
  List<BulkOperation> newestFirst(Reach.Within reach, int limit);

  /** Which runs an operation is about. */
  BulkChoice choice(BulkId id);

  /**
   * One that is running, with the lowest id.
   *
   * @param after the one behind which to look; nothing to begin with the first
   */
  Optional<BulkOperation> nextRunning(Optional<BulkId> after);

  /** As it is now; nobody else takes it before the transaction ends. */
  BulkOperation take(BulkId id);

  /**
   * Replaces the stored operation by this later version of it.
   *
   * @throws IllegalStateException when the stored one is not the version right before this one
   */
  void save(BulkOperation operation);
}
