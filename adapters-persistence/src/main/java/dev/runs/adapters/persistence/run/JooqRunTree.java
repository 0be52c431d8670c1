package dev.runs.adapters.persistence.run;

import static dev.runs.adapters.persistence.generated.Tables.RUN;
import static dev.runs.adapters.persistence.run.RunRows.isNotBeingDeleted;
import static dev.runs.adapters.persistence.run.RunRows.isWithin;
import static org.jooq.impl.DSL.noCondition;

import dev.runs.adapters.persistence.Database;
import dev.runs.application.run.RunTree;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Walks a tree level by level. Within one level the runs below a run are one range of the index
 * {@code run_tree (depth, path)}, however large the tree is; a level without a run has none below.
 */
public final class JooqRunTree implements RunTree {

  private static final Comparator<Run> EARLIEST_END_FIRST =
      Comparator.comparing((Run run) -> Objects.requireNonNull(run.endedAt(), "it has ended"))
          .thenComparing(Run::id);

  private final Database database;

  public JooqRunTree(Database database) {
    this.database = database;
  }

  @Override
  public List<Run> below(RunPath run, Optional<RunPath> after, int levels, int limit) {
    var found = new ArrayList<Run>();
    var deepest = Math.min(run.depth() + (long) levels, RunPath.DEEPEST);
    var from = after;
    for (var depth = after.map(RunPath::depth).orElse(run.depth() + 1); depth <= deepest; depth++) {
      var level = level(run, depth, from, limit - found.size());
      found.addAll(level);
      if (found.size() == limit || (level.isEmpty() && from.isEmpty())) {
        break;
      }
      from = Optional.empty();
    }
    return found;
  }

  @Override
  public Optional<Run> firstFailedBelow(RunId parent) {
    return Stream.of(StateName.FAILED, StateName.TIMED_OUT)
        .flatMap(state -> firstEndedBelow(parent, state).stream())
        .min(EARLIEST_END_FIRST);
  }

  /** Along the index {@code run_child_ended (parent_id, state, ended_at, id)}. */
  private Optional<Run> firstEndedBelow(RunId parent, StateName state) {
    return database
        .db()
        .selectFrom(RUN)
        .where(RUN.PARENT_ID.eq(parent.value()))
        .and(RUN.STATE.eq(state.wireName()))
        .and(RUN.ENDED_AT.ge(Instant.EPOCH))
        .and(isNotBeingDeleted())
        .orderBy(RUN.ENDED_AT, RUN.ID)
        .limit(1)
        .fetchOptional(RunRows::toRun);
  }

  private List<Run> level(RunPath run, int depth, Optional<RunPath> after, int limit) {
    return database
        .db()
        .selectFrom(RUN)
        .where(RUN.DEPTH.eq(depth))
        .and(isWithin(run))
        .and(after.map(path -> RUN.PATH.gt(path.toBytes())).orElse(noCondition()))
        .and(isNotBeingDeleted())
        .orderBy(RUN.PATH)
        .limit(limit)
        .fetch(RunRows::toRun);
  }
}
