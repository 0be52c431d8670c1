package dev.runs.adapters.web.run;

import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunRejected;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads the ids of runs out of addresses. */
public final class Addresses {

  private Addresses() {}

  /**
   * @throws RunRejected.NotFound when it is no id
   */
  public static RunId id(String text) {
    return found(text).orElseThrow(RunRejected.NotFound::new);
  }

  /** Those of them that are ids. */
  static List<RunId> ids(List<String> texts) {
    return texts.stream().flatMap(text -> found(text).stream()).toList();
  }

  /** The page of a run. */
  static String of(RunId run) {
    return RunsQuery.PATH + "/" + run;
  }

  private static Optional<RunId> found(String text) {
    try {
      return Optional.of(new RunId(UUID.fromString(text)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
