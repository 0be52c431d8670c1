package dev.runs.application.event;

import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.event.EventType;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import java.util.Optional;
import java.util.Set;

/**
 * Which events somebody wants: those of one place, and of them only some. Whoever selects a run or
 * a tree has seen that it is within reach; what happens in an organization is selected by reach.
 *
 * @param types the only ones; empty means all
 * @param project the only one
 * @param domain the only one
 * @param service the only one
 * @param task the only one
 * @param run the only one
 * @param root the only tree, by its root
 * @param rootsOnly whether runs below others are left out
 */
public record EventSelection(
    Place place,
    Set<EventType> types,
    Optional<Slug> project,
    Optional<String> domain,
    Optional<String> service,
    Optional<String> task,
    Optional<RunId> run,
    Optional<RunId> root,
    boolean rootsOnly) {

  public EventSelection {
    types = Set.copyOf(types);
  }

  /** Where something happens. */
  public sealed interface Place {

    /** To one run; and when a run above it is deleted, which takes it along. */
    record OfRun(RunPath path) implements Place {}

    /** To a run or a run below it; and when a run above is deleted. */
    record OfTree(RunPath path) implements Place {}

    /** To any run within reach. */
    record OfReach(Reach reach) implements Place {}

    /** Whether an event happened there. */
    default boolean includes(RunEvent event) {
      return switch (this) {
        case OfRun(var path) -> path.equals(event.path()) || isAlongWith(path, event);
        case OfTree(var path) -> event.path().isWithin(path) || isAlongWith(path, event);
        case OfReach(var reach) -> reach.includes(event.organization(), event.space().project());
      };
    }

    private static boolean isAlongWith(RunPath path, RunEvent event) {
      return event.type() == EventType.DELETED && path.isWithin(event.path());
    }
  }

  public static EventSelection ofRun(RunPath run) {
    return of(new Place.OfRun(run));
  }

  public static EventSelection ofTree(RunPath top) {
    return of(new Place.OfTree(top));
  }

  public static EventSelection within(Reach reach) {
    return of(new Place.OfReach(reach));
  }

  /** Only these types; none means all. */
  public EventSelection ofTypes(Set<EventType> only) {
    return new EventSelection(place, only, project, domain, service, task, run, root, rootsOnly);
  }

  /** Only in this project; nothing means all. */
  public EventSelection inProject(Optional<Slug> only) {
    return new EventSelection(place, types, only, domain, service, task, run, root, rootsOnly);
  }

  /** Only in this domain; nothing means all. */
  public EventSelection inDomain(Optional<String> only) {
    return new EventSelection(place, types, project, only, service, task, run, root, rootsOnly);
  }

  /** Only runs of this service; nothing means all. */
  public EventSelection byService(Optional<String> only) {
    return new EventSelection(place, types, project, domain, only, task, run, root, rootsOnly);
  }

  /** Only runs of this task; nothing means all. */
  public EventSelection ofTask(Optional<String> only) {
    return new EventSelection(place, types, project, domain, service, only, run, root, rootsOnly);
  }

  /** Only this run, also when it is gone; nothing means all. */
  public EventSelection ofRun(Optional<RunId> only) {
    return new EventSelection(place, types, project, domain, service, task, only, root, rootsOnly);
  }

  /** Only the tree of this root, also when it is gone; nothing means all. */
  public EventSelection ofRoot(Optional<RunId> only) {
    return new EventSelection(place, types, project, domain, service, task, run, only, rootsOnly);
  }

  /** Only runs that stand below no other. */
  public EventSelection ofRoots() {
    return new EventSelection(place, types, project, domain, service, task, run, root, true);
  }

  /** Whether it selects an event. */
  public boolean includes(RunEvent event) {
    return place.includes(event)
        && (types.isEmpty() || types.contains(event.type()))
        && isOrAny(project, event.space().project())
        && isOrAny(domain, event.space().domain())
        && isOrAny(service, event.origin().service())
        && isOrAny(task, event.origin().task())
        && isOrAny(run, event.run())
        && isOrAny(root, event.root())
        && !(rootsOnly && !event.path().isRoot());
  }

  private static <T> boolean isOrAny(Optional<T> only, T value) {
    return only.isEmpty() || only.get().equals(value);
  }

  private static EventSelection of(Place place) {
    return new EventSelection(
        place,
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
