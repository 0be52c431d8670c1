package dev.runs.application.retention;

import dev.runs.application.access.Organizations;
import dev.runs.application.retention.ExpiredTrees.Due;
import dev.runs.application.retention.ExpiredTrees.Root;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.retention.RetentionPolicy;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Goes once through all trees that were due when it began, organization by organization. */
final class DueTrees {

  private static final int ORGANIZATIONS_AT_ONCE = 100;
  private static final int ROOTS_AT_ONCE = 500;

  private static final List<StateName> TERMINAL =
      Arrays.stream(StateName.values()).filter(StateName::isTerminal).toList();

  private final RetentionPolicies policies;
  private final ExpiredTrees trees;
  private final Organizations organizations;
  private final RetentionPolicy usual;
  private final Instant now;

  private final Deque<OrganizationId> waiting = new ArrayDeque<>();
  private final Deque<Due> dues = new ArrayDeque<>();
  private Optional<OrganizationId> last = Optional.empty();
  private Optional<Root> lastRoot = Optional.empty();
  private boolean isLastPage;

  /**
   * @param only the one organization to visit; nothing for all
   * @param usual what holds for organizations that have said nothing
   */
  DueTrees(
      RetentionPolicies policies,
      ExpiredTrees trees,
      Organizations organizations,
      Optional<OrganizationId> only,
      RetentionPolicy usual,
      Instant now) {
    this.policies = policies;
    this.trees = trees;
    this.organizations = organizations;
    this.usual = usual;
    this.now = now;
    only.ifPresent(waiting::add);
    this.isLastPage = only.isPresent();
  }

  /**
   * Some roots that are due for the same reason.
   *
   * @param paths at least one
   */
  record Page(Due due, List<RunPath> paths) {}

  /** The next ones; nothing when all were visited. */
  Optional<Page> next() {
    while (hasDue()) {
      var due = dues.getFirst();
      var roots = trees.roots(due, lastRoot, ROOTS_AT_ONCE);
      if (roots.size() < ROOTS_AT_ONCE) {
        dues.removeFirst();
        lastRoot = Optional.empty();
      } else {
        lastRoot = Optional.of(roots.getLast());
      }
      if (!roots.isEmpty()) {
        return Optional.of(new Page(due, roots.stream().map(Root::path).toList()));
      }
    }
    return Optional.empty();
  }

  private boolean hasDue() {
    while (dues.isEmpty()) {
      if (waiting.isEmpty() && !isLastPage) {
        readOrganizations();
      }
      if (waiting.isEmpty()) {
        return false;
      }
      var organization = waiting.removeFirst();
      var policy = policies.find(organization).orElse(usual);
      for (var state : TERMINAL) {
        policy
            .endedBefore(state, now)
            .ifPresent(end -> dues.add(new Due(organization, state, end)));
      }
    }
    return true;
  }

  private void readOrganizations() {
    var page = organizations.after(last, ORGANIZATIONS_AT_ONCE);
    waiting.addAll(page);
    isLastPage = page.size() < ORGANIZATIONS_AT_ONCE;
    if (!page.isEmpty()) {
      last = Optional.of(page.getLast());
    }
  }
}
