package dev.runs.application.audit;

import dev.runs.application.Caller;
import dev.runs.application.Cursor;
import dev.runs.application.Page;
import dev.runs.application.RequestRejected;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.audit.AuditEntry;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Shows who did what, newest first: to an organization what concerns it, to the platform all. */
public final class ShowAudit {

  /** How many entries a page has at most. */
  public static final int LARGEST_PAGE = 200;

  /** How many entries are exported at once at most. */
  public static final int LARGEST_EXPORT = 100_000;

  private static final int READ_AT_ONCE = 1_000;

  private final AuditLog log;

  public ShowAudit(AuditLog log) {
    this.log = log;
  }

  /**
   * A page of entries.
   *
   * @param organization whose matters; nothing for all within the caller's reach
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @throws AccessRejected.OrganizationNotFound when the organization is beyond the caller's reach
   * @throws AccessRejected.BoundToProjects when the caller reaches only a part of its organization
   * @throws RequestRejected.BadCursor when the cursor is none
   */
  public Page<AuditEntry> list(
      Caller caller,
      Optional<OrganizationId> organization,
      AuditFilter filter,
      Optional<String> cursor,
      int limit) {
    caller.require(Scope.ORG_ADMIN);
    var of = readable(caller.reach(), organization);
    var after = cursor.map(Cursor::uuid);
    return Page.cut(
        log.newestFirst(of, filter, after, limit + 1), limit, entry -> cursor(entry.id()));
  }

  /**
   * Many entries, to be read one after the other.
   *
   * @param organization as for a page
   * @param most how many at most; 1 to {@value #LARGEST_EXPORT}
   * @throws AccessRejected.OrganizationNotFound as for a page
   * @throws AccessRejected.BoundToProjects as for a page
   * @throws RequestRejected.BadCursor as for a page
   */
  public Export export(
      Caller caller,
      Optional<OrganizationId> organization,
      AuditFilter filter,
      Optional<String> cursor,
      int most) {
    caller.require(Scope.ORG_ADMIN);
    var of = readable(caller.reach(), organization);
    var after = cursor.map(Cursor::uuid);
    return new Export(of, filter, after, log.lastOfFirst(of, filter, after, most));
  }

  /** Entries that are read while they are taken; where they end is known before. */
  public final class Export {

    private final Optional<OrganizationId> organization;
    private final AuditFilter filter;
    private final Optional<UUID> after;
    private final Optional<UUID> last;

    private Export(
        Optional<OrganizationId> organization,
        AuditFilter filter,
        Optional<UUID> after,
        Optional<UUID> last) {
      this.organization = organization;
      this.filter = filter;
      this.after = after;
      this.last = last;
    }

    /** Where the next export begins; nothing when this one is complete. */
    public Optional<String> next() {
      return last.map(ShowAudit::cursor);
    }

    /** Gives all entries in order. No transaction is open while the taker is slow. */
    public void read(Consumer<AuditEntry> taker) {
      var place = after;
      List<AuditEntry> found;
      do {
        found = log.newestFirst(organization, filter, place, READ_AT_ONCE);
        found.stream().filter(this::isWithin).forEach(taker);
        place = found.isEmpty() ? place : Optional.of(found.getLast().id());
      } while (found.size() == READ_AT_ONCE && isWithin(found.getLast()));
    }

    private boolean isWithin(AuditEntry entry) {
      return last.isEmpty() || entry.id().compareTo(last.get()) >= 0;
    }
  }

  private static Optional<OrganizationId> readable(
      Reach reach, Optional<OrganizationId> organization) {
    return switch (reach) {
      case Reach.Everywhere _ -> organization;
      case Reach.Within(var own, var projects) -> {
        if (!organization.orElse(own).equals(own)) {
          throw new AccessRejected.OrganizationNotFound();
        }
        if (!projects.isEmpty()) {
          throw new AccessRejected.BoundToProjects();
        }
        yield Optional.of(own);
      }
    };
  }

  private static String cursor(UUID id) {
    return Cursor.of(id.toString());
  }
}
