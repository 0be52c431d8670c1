package dev.runs.application.retention;

import dev.runs.application.Transactions;
import dev.runs.application.access.Organizations;
import dev.runs.application.validation.Validations;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.retention.RetentionPolicy;
import dev.runs.domain.run.StateName;
import dev.runs.domain.validation.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Removes validations of no run whose time is over; those of runs go with them. What passes is kept
 * as long as runs that succeeded, what failed as long as runs that ended otherwise.
 */
public final class SweepLooseValidations {

  private static final int ORGANIZATIONS_AT_ONCE = 100;
  private static final Set<Verdict> FAILED = EnumSet.of(Verdict.FAILED);
  private static final Set<Verdict> PASSING = EnumSet.complementOf(EnumSet.of(Verdict.FAILED));

  private final RetentionPolicies policies;
  private final Validations validations;
  private final Organizations organizations;
  private final Transactions transactions;
  private final InstantSource clock;
  private final RetentionPolicy usual;
  private final int most;

  /**
   * @param usual what holds for organizations that have said nothing
   * @param most how many validations one transaction removes at most, at least 1
   */
  public SweepLooseValidations(
      RetentionPolicies policies,
      Validations validations,
      Organizations organizations,
      Transactions transactions,
      InstantSource clock,
      RetentionPolicy usual,
      int most) {
    this.policies = policies;
    this.validations = validations;
    this.organizations = organizations;
    this.transactions = transactions;
    this.clock = clock;
    this.usual = usual;
    this.most = most;
  }

  /** Begins to sweep; nothing is done yet. */
  public Sweep begin() {
    return new Sweep(clock.instant());
  }

  /** One way through all organizations. Used by one thread. */
  public final class Sweep {

    private record Due(OrganizationId organization, Set<Verdict> verdicts, Instant before) {}

    private final Instant now;
    private final Deque<Due> dues = new ArrayDeque<>();
    private Optional<OrganizationId> last = Optional.empty();
    private boolean isLastPage;

    private Sweep(Instant now) {
      this.now = now;
    }

    /**
     * Does what fits in one small transaction.
     *
     * @return whether there may be more to do
     */
    public boolean step() {
      if (dues.isEmpty() && !isLastPage) {
        readOrganizations();
      }
      var due = dues.peekFirst();
      if (due == null) {
        return false;
      }
      int removed =
          transactions.inTransaction(() ->
              validations.removeLoose(due.organization(), due.verdicts(), due.before(), most));
      if (removed < most) {
        dues.removeFirst();
      }
      return true;
    }

    private void readOrganizations() {
      var page = organizations.after(last, ORGANIZATIONS_AT_ONCE);
      isLastPage = page.size() < ORGANIZATIONS_AT_ONCE;
      for (var organization : page) {
        last = Optional.of(organization);
        var policy = policies.find(organization).orElse(usual);
        policy
            .endedBefore(StateName.SUCCEEDED, now)
            .ifPresent(before -> dues.add(new Due(organization, PASSING, before)));
        policy
            .endedBefore(StateName.FAILED, now)
            .ifPresent(before -> dues.add(new Due(organization, FAILED, before)));
      }
    }
  }
}
