package dev.runs.application.retention;

import dev.runs.application.Transactions;
import dev.runs.application.access.Organizations;
import dev.runs.application.audit.Auditor;
import dev.runs.application.event.RunEvents;
import dev.runs.application.retention.ExpiredTrees.Due;
import dev.runs.application.run.Deletions;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.retention.RetentionPolicy;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunPath;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Removes the trees of runs whose time is over, in small transactions. A sweep that ends in the
 * middle is no harm: the next one goes on, and any number may be under way at once.
 */
public final class SweepExpiredRuns {

  private final RetentionPolicies policies;
  private final ExpiredTrees trees;
  private final Runs runs;
  private final RunEvents events;
  private final Organizations organizations;
  private final Auditor auditor;
  private final Transactions transactions;
  private final InstantSource clock;
  private final RetentionPolicy usual;
  private final int most;

  /**
   * @param usual what holds for organizations that have said nothing
   * @param most how many runs one transaction removes at most
   */
  public SweepExpiredRuns(
      RetentionPolicies policies,
      ExpiredTrees trees,
      Runs runs,
      RunEvents events,
      Organizations organizations,
      Auditor auditor,
      Transactions transactions,
      InstantSource clock,
      RetentionPolicy usual,
      int most) {
    this.policies = policies;
    this.trees = trees;
    this.runs = runs;
    this.events = events;
    this.organizations = organizations;
    this.auditor = auditor;
    this.transactions = transactions;
    this.clock = clock;
    this.usual = usual;
    this.most = most;
  }

  /**
   * Begins to sweep; nothing is done yet.
   *
   * @param only the one organization whose runs are meant; nothing for all
   */
  public Sweep begin(Optional<OrganizationId> only) {
    return new Sweep(only);
  }

  /**
   * What a sweep would remove now, by organization; nothing is changed.
   *
   * @param only the one organization whose runs are meant; nothing for all
   */
  public Map<OrganizationId, Removed> weigh(Optional<OrganizationId> only) {
    var weights = new LinkedHashMap<OrganizationId, Removed>();
    var due = dueTrees(only);
    for (var page = due.next(); page.isPresent(); page = due.next()) {
      var weight = trees.weigh(page.get().due(), page.get().paths());
      if (!weight.isNothing()) {
        weights.merge(page.get().due().organization(), weight, Removed::plus);
      }
    }
    return weights;
  }

  private DueTrees dueTrees(Optional<OrganizationId> only) {
    return new DueTrees(policies, trees, organizations, only, usual, clock.instant());
  }

  /** One way through all that was due when it began. Used by one thread. */
  public final class Sweep {

    private record Larger(Due due, RunPath root) {}

    private final Optional<OrganizationId> only;
    private final DueTrees dueTrees;
    private final Deque<Larger> larger = new ArrayDeque<>();
    private final Map<OrganizationId, Removed> removed = new LinkedHashMap<>();
    private Optional<DueTrees.Page> page = Optional.empty();

    private Sweep(Optional<OrganizationId> only) {
      this.only = only;
      this.dueTrees = dueTrees(only);
    }

    /**
     * Does what fits in one small transaction.
     *
     * @return whether there may be more to do
     */
    public boolean step() {
      var marked = trees.marked(only);
      if (marked.isPresent()) {
        removeSome(marked.get());
        return true;
      }
      if (!larger.isEmpty()) {
        var next = larger.removeFirst();
        transactions.inTransaction(() -> mark(next));
        return true;
      }
      page = page.or(dueTrees::next);
      if (page.isPresent()) {
        page = removeSmall(page.get());
        return true;
      }
      return tell();
    }

    /** What this sweep has removed so far, by organization. */
    public Map<OrganizationId, Removed> removed() {
      return Collections.unmodifiableMap(removed);
    }

    /** From the mark on nobody finds the runs of the tree, so this is when they are gone. */
    private boolean mark(Larger tree) {
      var known = runs.findAll(Reach.everywhere(), List.of(tree.root().run()));
      var isMarked = trees.mark(tree.due(), tree.root(), clock.instant());
      if (isMarked) {
        tellGone(known.values());
      }
      return isMarked;
    }

    private ExpiredTrees.Step removeSmallOnes(DueTrees.Page roots) {
      var some = roots.paths().subList(0, Math.min(most, roots.paths().size()));
      var known =
          new LinkedHashMap<>(
              runs.findAll(Reach.everywhere(), some.stream().map(RunPath::run).toList()));
      var step = trees.removeSmall(roots.due(), roots.paths(), most);
      known.keySet().retainAll(step.gone().stream().map(RunPath::run).toList());
      tellGone(known.values());
      return step;
    }

    private void tellGone(Collection<Run> gone) {
      var now = clock.instant();
      events.add(gone.stream().map(run -> RunEvent.expired(run, now)).toList());
    }

    private Optional<DueTrees.Page> removeSmall(DueTrees.Page roots) {
      var due = roots.due();
      var step = transactions.inTransaction(() -> removeSmallOnes(roots));
      count(due.organization(), step.removed());
      step.larger().forEach(root -> larger.add(new Larger(due, root)));
      return step.left().isEmpty()
          ? Optional.empty()
          : Optional.of(new DueTrees.Page(due, List.copyOf(step.left())));
    }

    /**
     * A run that was being made in the tree when the mark was set lets the removal of its parent
     * fail; the next step then finds it.
     */
    private void removeSome(ExpiredTrees.Marked tree) {
      try {
        count(tree.organization(), transactions.inTransaction(() -> trees.removeSome(tree, most)));
      } catch (Deletions.ChildMeanwhile _) {
        // the next step begins with the child
      }
    }

    private void count(OrganizationId organization, Removed some) {
      if (!some.isNothing()) {
        removed.merge(organization, some, Removed::plus);
      }
    }

    /** What has gone since the last entry, be it by a sweep that did not come so far. */
    private boolean tell() {
      return transactions.inTransaction(() -> {
        var untold = trees.tell();
        untold.ifPresent(told ->
            auditor.noteOf(
                Principal.SYSTEM,
                Origin.LOCAL,
                Optional.of(told.organization()),
                AuditAction.RETENTION_APPLIED,
                "organization:" + told.organization(),
                told.removed().details()));
        return untold.isPresent();
      });
    }
  }
}
