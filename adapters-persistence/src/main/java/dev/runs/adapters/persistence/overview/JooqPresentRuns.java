package dev.runs.adapters.persistence.overview;

import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.run.RunRows.isNotBeingDeleted;
import static dev.runs.adapters.persistence.run.RunRows.isWithin;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.selectOne;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.run.RunRows;
import dev.runs.application.overview.PresentRuns;
import dev.runs.domain.access.Reach;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.StateName;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at runs along {@code run_by_state}, {@code run_running} and {@code run_root_ended}. Counts
 * look at nothing but the index.
 */
public final class JooqPresentRuns implements PresentRuns {

  private static final Comparator<Run> LAST_TO_END_FIRST =
      Comparator.comparing((Run run) -> Objects.requireNonNull(run.endedAt(), "it has ended"))
          .thenComparing(Run::id)
          .reversed();

  private final Database database;

  public JooqPresentRuns(Database database) {
    this.database = database;
  }

  @Override
  public Map<StateName, Integer> count(Reach.Within reach, int most) {
    var counts = new EnumMap<StateName, Integer>(StateName.class);
    for (var state : StateName.values()) {
      var some =
          selectOne()
              .from(RUN)
              .where(isWithin(reach))
              .and(RUN.STATE.eq(state.wireName()))
              .limit(most);
      counts.put(state, database.db().fetchCount(some));
    }
    return counts;
  }

  @Override
  public Optional<Run> oldestQueued(Reach.Within reach) {
    return database
        .db()
        .selectFrom(RUN)
        .where(isWithin(reach))
        .and(RUN.STATE.eq(StateName.QUEUED.wireName()))
        .and(isNotBeingDeleted())
        .orderBy(RUN.ID)
        .limit(1)
        .fetchOptional(RunRows::toRun);
  }

  /** The state is written out, or the small index of running runs would not be known to fit. */
  @Override
  public Optional<Run> longestRunning(Reach.Within reach) {
    return database
        .db()
        .selectFrom(RUN)
        .where(isWithin(reach))
        .and(RUN.STATE.eq(inline(StateName.RUNNING.wireName())))
        .and(RUN.STARTED_AT.isNotNull())
        .and(isNotBeingDeleted())
        .orderBy(RUN.STARTED_AT, RUN.ID)
        .limit(1)
        .fetchOptional(RunRows::toRun);
  }

  @Override
  public List<Run> lastFailures(Reach.Within reach, int limit) {
    return Stream.of(StateName.FAILED, StateName.TIMED_OUT)
        .flatMap(state -> lastToEnd(reach, state, limit).stream())
        .sorted(LAST_TO_END_FIRST)
        .limit(limit)
        .toList();
  }

  private List<Run> lastToEnd(Reach.Within reach, StateName state, int limit) {
    return database
        .db()
        .selectFrom(RUN)
        .where(isWithin(reach))
        .and(RUN.STATE.eq(state.wireName()))
        .and(RUN.PARENT_ID.isNull())
        .and(RUN.ENDED_AT.isNotNull())
        .and(isNotBeingDeleted())
        .orderBy(RUN.ENDED_AT.desc(), RUN.ID.desc())
        .limit(limit)
        .fetch(RunRows::toRun);
  }
}
