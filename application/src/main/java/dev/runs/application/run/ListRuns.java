package dev.runs.application.run;

import dev.runs.application.Caller;
import dev.runs.application.Cursor;
import dev.runs.application.Ids;
import dev.runs.application.Page;
import dev.runs.application.RequestRejected;
import dev.runs.application.Transactions;
import dev.runs.application.access.Organizations;
import dev.runs.application.access.Projects;
import dev.runs.application.access.Users;
import dev.runs.application.rollup.Ledger;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Project;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.User;
import dev.runs.domain.access.UserId;
import dev.runs.domain.cost.Money;
import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Lists the runs of an organization, each with what it costs by itself. */
public final class ListRuns {

  /** How many runs a page of the tracker's list has at most. */
  public static final int LARGEST_TRACKER_PAGE = 200;

  /** How far the tracker's list can be leafed through by offset. */
  public static final int FARTHEST_OFFSET = 100_000;

  /** How many runs a page by cursor has at most. */
  public static final int LARGEST_PAGE = 100;

  private final Runs runs;
  private final RunList list;
  private final Organizations organizations;
  private final Users users;
  private final Projects projects;
  private final Ledger ledger;
  private final DescribeRuns describeRuns;
  private final Transactions transactions;
  private final Ids ids;

  public ListRuns(
      Runs runs,
      RunList list,
      Organizations organizations,
      Users users,
      Projects projects,
      Ledger ledger,
      DescribeRuns describeRuns,
      Transactions transactions,
      Ids ids) {
    this.runs = runs;
    this.list = list;
    this.organizations = organizations;
    this.users = users;
    this.projects = projects;
    this.ledger = ledger;
    this.describeRuns = describeRuns;
    this.transactions = transactions;
    this.ids = ids;
  }

  /**
   * A run of a list with the sums of itself and of everything below it.
   *
   * @param rollup what it costs, and how many runs below it are in which state
   */
  public record Row(Run run, RunFacts facts, Rollup rollup) {}

  /** A run of a list. */
  public record Line(Run run, RunFacts facts, Money ownCost) {}

  /**
   * The tracker's list: latest start first, by offset. Of an organization that is unknown, or
   * beyond the caller's reach, there are no runs.
   *
   * @param limit 1 to {@value #LARGEST_TRACKER_PAGE}
   * @param offset 0 to {@value #FARTHEST_OFFSET}
   */
  public List<Line> latestStartFirst(
      Caller caller, OrganizationId organization, RunFilter filter, int limit, int offset) {
    return caller
        .reach()
        .in(organization)
        .map(reach ->
            transactions.inSnapshot(
                () -> priced(list.latestStartFirst(reach, filter, limit, offset))))
        .orElse(List.of());
  }

  /**
   * The runs of the organization in which the caller acts, by their creation.
   *
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @throws RequestRejected.BadCursor when the cursor is none
   */
  public Page<Line> byCreation(
      Caller caller, RunFilter filter, RunList.Order order, Optional<String> cursor, int limit) {
    return page(caller, filter, order, cursor, limit, this::priced);
  }

  /**
   * The same with the sums of each run.
   *
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @throws RequestRejected.BadCursor when the cursor is none
   * @throws dev.runs.domain.access.AccessRejected.ScopeMissing when the caller may not read runs
   */
  public Page<Row> rows(
      Caller caller, RunFilter filter, RunList.Order order, Optional<String> cursor, int limit) {
    caller.require(Scope.RUNS_READ);
    return page(caller, filter, order, cursor, limit, this::summed);
  }

  /**
   * Runs that were listed, as they are now, in the order in which they are asked for. Those that
   * are beyond the caller's reach are left out.
   *
   * @param shown at most {@value #LARGEST_PAGE}
   * @throws RequestRejected.TooManyItems when there are more
   * @throws dev.runs.domain.access.AccessRejected.ScopeMissing when the caller may not read runs
   */
  public List<Row> rows(Caller caller, List<RunId> shown) {
    caller.require(Scope.RUNS_READ);
    if (shown.size() > LARGEST_PAGE) {
      throw new RequestRejected.TooManyItems(LARGEST_PAGE, shown.size());
    }
    return transactions.inSnapshot(() -> {
      var found = runs.findAll(caller.reach(), shown);
      return summed(shown.stream().distinct().map(found::get).filter(Objects::nonNull).toList());
    });
  }

  private <T> Page<T> page(
      Caller caller,
      RunFilter filter,
      RunList.Order order,
      Optional<String> cursor,
      int limit,
      Function<List<Run>, List<T>> shown) {
    var after = cursor.map(ListRuns::place);
    var reach = caller.reach().in(caller.organization()).orElseThrow();
    var stretch = filter.stretch(ids);
    return transactions.inSnapshot(() -> {
      var found = list.byCreation(reach, filter, stretch, order, after, limit + 1);
      var page = Page.cut(found, limit, run -> Cursor.of(run.id().toString()));
      return new Page<>(shown.apply(page.items()), page.next());
    });
  }

  /** The organization of an external id, if there is one. */
  public Optional<OrganizationId> organization(ExternalId externalId) {
    return organizations.find(externalId).map(Organization::id);
  }

  /** The user of an external id in an organization, if there is one. */
  public Optional<UserId> user(OrganizationId organization, ExternalId externalId) {
    return users.find(organization, externalId).map(User::id);
  }

  /** What users of the organization in which the caller acts are called outside; not others. */
  public Map<UserId, ExternalId> userNames(Caller caller, Collection<UserId> asked) {
    if (asked.isEmpty()) {
      return Map.of();
    }
    var names = new HashMap<UserId, ExternalId>();
    users
        .findAll(asked)
        .forEach((id, user) -> {
          if (user.organization().equals(caller.organization())) {
            names.put(id, user.externalId());
          }
        });
    return names;
  }

  /** The project that an organization calls so, if there is one. */
  public Optional<Slug> project(OrganizationId organization, ProjectRef ref) {
    return projects.find(organization, ref).map(Project::slug);
  }

  private List<Row> summed(List<Run> found) {
    if (found.isEmpty()) {
      return List.of();
    }
    var rollups = ledger.ofAll(found.stream().map(Run::path).toList());
    var facts = describeRuns.of(found);
    return found.stream()
        .map(run ->
            new Row(
                run,
                Objects.requireNonNull(facts.get(run.id()), "each run has facts"),
                rollups.getOrDefault(run.id(), Rollup.EMPTY)))
        .toList();
  }

  private List<Line> priced(List<Run> found) {
    if (found.isEmpty()) {
      return List.of();
    }
    var costs = ledger.ownCosts(found.stream().map(Run::path).toList());
    var facts = describeRuns.of(found);
    return found.stream()
        .map(run ->
            new Line(
                run,
                Objects.requireNonNull(facts.get(run.id()), "each run has facts"),
                costs.getOrDefault(run.id(), Money.ZERO)))
        .toList();
  }

  private static RunId place(String cursor) {
    try {
      return new RunId(UUID.fromString(Cursor.text(cursor)));
    } catch (IllegalArgumentException e) {
      throw new RequestRejected.BadCursor();
    }
  }
}
