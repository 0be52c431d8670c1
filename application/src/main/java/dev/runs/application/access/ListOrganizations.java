package dev.runs.application.access;

import dev.runs.application.Caller;
import dev.runs.application.Cursor;
import dev.runs.application.Page;
import dev.runs.application.RequestRejected;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.Scope;
import java.util.Optional;

/** Shows the organizations of the installation, to who runs it. */
public final class ListOrganizations {

  /** How many organizations a page has at most. */
  public static final int LARGEST_PAGE = 100;

  private final Organizations organizations;

  public ListOrganizations(Organizations organizations) {
    this.organizations = organizations;
  }

  /**
   * In the order of their external ids.
   *
   * @param beginning how their external ids begin; empty for all
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @throws AccessRejected.ScopeMissing when the caller is not of the platform
   * @throws RequestRejected.BadCursor when the cursor is none
   */
  public Page<Organization> list(
      Caller caller, String beginning, Optional<String> cursor, int limit) {
    caller.require(Scope.PLATFORM_ADMIN);
    var after = cursor.map(ListOrganizations::place);
    return Page.cut(
        organizations.list(beginning, after, limit + 1),
        limit,
        organization -> Cursor.of(organization.externalId().value()));
  }

  private static ExternalId place(String cursor) {
    try {
      return new ExternalId(Cursor.text(cursor));
    } catch (AccessRejected.BadExternalId e) {
      throw new RequestRejected.BadCursor();
    }
  }
}
