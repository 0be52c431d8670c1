package dev.runs.application.bulk;

import java.util.Map;
import java.util.TreeMap;

/**
 * What became of the runs that were looked at.
 *
 * @param done how many were marked to be canceled, or retried
 * @param skipped how many were in no state for it
 * @param failed how many were refused otherwise
 * @param reasons how many were skipped or failed, by the code of the refusal
 */
public record BulkTally(long done, long skipped, long failed, Map<String, Long> reasons) {

  public static final BulkTally NOTHING = new BulkTally(0, 0, 0, Map.of());

  public BulkTally {
    reasons = Map.copyOf(reasons);
    var explained = reasons.values().stream().mapToLong(Long::longValue).sum();
    if (explained != skipped + failed) {
      throw new IllegalArgumentException(
          "%d runs were skipped and %d failed, but there are reasons for %d"
              .formatted(skipped, failed, explained));
    }
  }

  /** How many were looked at. */
  public long examined() {
    return done + skipped + failed;
  }

  BulkTally withDone() {
    return new BulkTally(done + 1, skipped, failed, reasons);
  }

  BulkTally withSkipped(String reason) {
    return new BulkTally(done, skipped + 1, failed, with(reason));
  }

  BulkTally withFailed(String reason) {
    return new BulkTally(done, skipped, failed + 1, with(reason));
  }

  private Map<String, Long> with(String reason) {
    var more = new TreeMap<>(reasons);
    more.merge(reason, 1L, Long::sum);
    return more;
  }
}
