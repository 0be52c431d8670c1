package dev.runs.application.bulk;

import dev.runs.application.Counted;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.util.Optional;

/**
 * Which runs somebody saw before they asked for an operation.
 *
 * @param runs how many, counted up to one more than {@value Counted#FARTHEST}
 * @param newest the last that was made; runs made later were not seen
 */
public record BulkExtent(int runs, RunId newest) {

  /**
   * @throws BulkRejected.NothingMeant when there are none
   */
  public BulkExtent {
    if (runs < 1) {
      throw new BulkRejected.NothingMeant();
    }
  }

  /**
   * Of what a preview shows; nothing when it shows no run.
   *
   * @param meant the newest first
   */
  public static Optional<BulkExtent> of(Counted<Run> meant) {
    return meant.items().stream()
        .findFirst()
        .map(newest ->
            new BulkExtent(meant.isCapped() ? Counted.FARTHEST + 1 : meant.total(), newest.id()));
  }

  /** Whether so many are no more than were seen; of more than can be counted all were seen. */
  boolean covers(int counted) {
    return counted <= runs || runs > Counted.FARTHEST;
  }
}
