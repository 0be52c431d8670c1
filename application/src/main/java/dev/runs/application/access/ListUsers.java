package dev.runs.application.access;

import dev.runs.application.Caller;
import dev.runs.application.Cursor;
import dev.runs.application.Page;
import dev.runs.application.RequestRejected;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.User;
import java.util.Optional;

/** Shows the users of the organization in which the caller acts. */
public final class ListUsers {

  /** How many users a page has at most. */
  public static final int LARGEST_PAGE = 100;

  private final Users users;

  public ListUsers(Users users) {
    this.users = users;
  }

  /**
   * In the order of their external ids.
   *
   * @param beginning how their external ids begin; empty for all
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @throws AccessRejected.ScopeMissing when the caller may not read
   * @throws AccessRejected.BoundToProjects when the caller reaches only a part of the organization
   * @throws RequestRejected.BadCursor when the cursor is none
   */
  public Page<User> list(Caller caller, String beginning, Optional<String> cursor, int limit) {
    caller.require(Scope.RUNS_READ);
    if (!caller.reach().covers(Reach.within(caller.organization()))) {
      throw new AccessRejected.BoundToProjects();
    }
    var after = cursor.map(ListUsers::place);
    return Page.cut(
        users.list(caller.organization(), beginning, after, limit + 1),
        limit,
        user -> Cursor.of(user.externalId().value()));
  }

  private static ExternalId place(String cursor) {
    try {
      return new ExternalId(Cursor.text(cursor));
    } catch (AccessRejected.BadExternalId e) {
      throw new RequestRejected.BadCursor();
    }
  }
}
