package dev.runs.adapters.persistence.event;

import static dev.runs.adapters.persistence.generated.Tables.RUN_EVENT;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;

import dev.runs.application.event.EventSelection;
import dev.runs.application.event.EventSelection.Place;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.event.EventType;
import dev.runs.domain.run.RunPath;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.Condition;

/** Which rows of {@code run_event} a selection means. */
final class EventConditions {

  private EventConditions() {}

  /**
   * What is selected, as conditions of which each has its own index; no row fulfills two of them.
   */
  static List<Condition> of(EventSelection selection) {
    var narrow = narrow(selection);
    return places(selection.place()).stream().map(place -> place.and(narrow)).toList();
  }

  private static List<Condition> places(Place place) {
    return switch (place) {
      case Place.OfRun(var path) ->
          withDeletionsAbove(RUN_EVENT.RUN_ID.eq(path.run().value()), path);
      case Place.OfTree(var path) ->
          withDeletionsAbove(RUN_EVENT.ROOT_ID.eq(path.root().value()).and(isWithin(path)), path);
      case Place.OfReach(Reach.Everywhere()) -> List.of(noCondition());
      case Place.OfReach(Reach.Within(var organization, var projects)) ->
          List.of(
              RUN_EVENT
                  .ORGANIZATION_ID
                  .eq(organization.value())
                  .and(
                      projects.isEmpty()
                          ? noCondition()
                          : RUN_EVENT.PROJECT.in(
                              projects.stream().map(Slug::value).sorted().toList())));
    };
  }

  private static Condition isWithin(RunPath path) {
    return path.isRoot()
        ? noCondition()
        : RUN_EVENT.PATH.ge(path.toBytes()).and(RUN_EVENT.PATH.lt(path.endOfSubtree()));
  }

  private static List<Condition> withDeletionsAbove(Condition own, RunPath path) {
    if (path.isRoot()) {
      return List.of(own);
    }
    var above =
        IntStream.range(1, path.depth())
            .mapToObj(depth -> new RunPath(path.ids().subList(0, depth)).toBytes())
            .toList();
    // written out, or the small index of deletions would not be known to fit
    var deletions =
        RUN_EVENT
            .TYPE
            .eq(inline(EventType.DELETED.wireName()))
            .and(RUN_EVENT.ROOT_ID.eq(path.root().value()))
            .and(RUN_EVENT.PATH.in(above));
    return List.of(own, deletions);
  }

  private static Condition narrow(EventSelection selection) {
    var condition = noCondition();
    if (!selection.types().isEmpty()) {
      var names = selection.types().stream().map(EventType::wireName).sorted().toList();
      condition = condition.and(RUN_EVENT.TYPE.in(names));
    }
    if (selection.rootsOnly()) {
      condition = condition.and(RUN_EVENT.RUN_ID.eq(RUN_EVENT.ROOT_ID));
    }
    return condition
        .and(
            selection
                .project()
                .map(only -> RUN_EVENT.PROJECT.eq(only.value()))
                .orElse(noCondition()))
        .and(selection.domain().map(RUN_EVENT.DOMAIN::eq).orElse(noCondition()))
        .and(selection.service().map(RUN_EVENT.SERVICE::eq).orElse(noCondition()))
        .and(selection.task().map(RUN_EVENT.TASK::eq).orElse(noCondition()))
        .and(selection.run().map(only -> RUN_EVENT.RUN_ID.eq(only.value())).orElse(noCondition()))
        .and(
            selection.root().map(only -> RUN_EVENT.ROOT_ID.eq(only.value())).orElse(noCondition()));
  }
}
