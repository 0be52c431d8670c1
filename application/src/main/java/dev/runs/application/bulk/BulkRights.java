package dev.runs.application.bulk;

import dev.runs.application.Caller;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;

/** Who may do what with bulk operations. */
final class BulkRights {

  private BulkRights() {}

  /**
   * @throws AccessRejected when the caller may not change runs, or is bound to projects
   */
  static void requireChange(Caller caller) {
    require(caller, Scope.RUNS_WRITE);
  }

  /**
   * @throws AccessRejected when the caller may not read runs, or is bound to projects
   */
  static void requireSight(Caller caller) {
    require(caller, Scope.RUNS_READ);
  }

  /** An operation is about runs of all projects. */
  private static void require(Caller caller, Scope scope) {
    caller.require(scope);
    if (!caller.reach().covers(Reach.within(caller.organization()))) {
      throw new AccessRejected.BoundToProjects();
    }
  }
}
