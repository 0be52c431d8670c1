package dev.runs.application.system;

import java.time.Instant;
import java.util.Optional;

/** What the database tells of itself and of what waits in it, at a cost that does not grow. */
public interface SystemFacts {

  /**
   * Where everything is kept.
   *
   * @param product what the database is called, as {@code SQLite}
   * @param version of the database, as it says itself
   * @param tables the version of the tables: the number of the newest migration
   * @param bytes how much room it takes, as far as that is told cheaply
   */
  record Storage(String product, String version, int tables, Optional<Long> bytes) {}

  /**
   * Something that waits to be taken up.
   *
   * @param count how many there are, up to the limit that was asked for
   * @param oldest since when the first one waits; nothing when none does
   */
  record Waiting(int count, Optional<Instant> oldest) {

    public static final Waiting NONE = new Waiting(0, Optional.empty());
  }

  /**
   * Runs that workers execute.
   *
   * @param held how many, up to the limit that was asked for
   * @param overdue of how many the time is over, up to the same limit; they are about to be taken
   *     away
   */
  record Leases(int held, int overdue) {}

  Storage storage();

  /**
   * Events that are committed and have no place in the log yet.
   *
   * @param most up to how many are counted, at least 1
   */
  Waiting events(int most);

  /**
   * Reports on actions that are not there yet.
   *
   * @param most up to how many are counted, at least 1
   */
  Waiting earlyReports(int most);

  /**
   * Events of lineage whose run or parent is not there yet.
   *
   * @param most up to how many are counted, at least 1
   */
  Waiting earlyLineage(int most);

  /**
   * @param most up to how many are counted, at least 1
   */
  Leases leases(int most);
}
