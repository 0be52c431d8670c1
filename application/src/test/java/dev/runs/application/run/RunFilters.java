package dev.runs.application.run;

import dev.runs.domain.run.Run;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says of single runs whether a filter means them. */
public final class RunFilters {

  private RunFilters() {}

  public static boolean means(RunFilter filter, Run run) {
    return is(filter.service(), run.origin().service())
        && is(filter.task(), run.origin().task())
        && is(filter.user(), run.user())
        && (filter.states().isEmpty() || filter.states().contains(run.stateName()))
        && began(filter, run.startedAt())
        && is(filter.project(), run.space().project())
        && filter.createdFrom().filter(run.createdAt()::isBefore).isEmpty()
        && filter.createdBefore().filter(end -> !run.createdAt().isBefore(end)).isEmpty()
        && is(filter.parent(), run.parent())
        && is(filter.app(), run.labels().app())
        && is(filter.brand(), run.labels().brand())
        && is(filter.campaign(), run.labels().campaign())
        && (!filter.isOfRoots() || run.path().isRoot())
        && is(filter.searchedId(), run.id())
        && (filter.searchedBeginning().isEmpty()
            || run.name().value().startsWith(filter.searchedBeginning().get())
            || run.origin().task().startsWith(filter.searchedBeginning().get()));
  }

  private static <T> boolean is(Optional<T> wanted, @Nullable T value) {
    return wanted.isEmpty() || wanted.get().equals(value);
  }

  private static boolean began(RunFilter filter, @Nullable Instant at) {
    if (filter.startedFrom().isEmpty() && filter.startedTo().isEmpty()) {
      return true;
    }
    return at != null
        && filter.startedFrom().filter(at::isBefore).isEmpty()
        && filter.startedTo().filter(at::isAfter).isEmpty();
  }
}
