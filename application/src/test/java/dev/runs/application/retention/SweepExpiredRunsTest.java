package dev.runs.application.retention;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.ended;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.rootOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.runs.application.Caller;
import dev.runs.application.UseCaseTest;
import dev.runs.application.audit.AuditFilter;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.access.Slug;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import dev.runs.domain.retention.RetentionPolicy;
import dev.runs.domain.retention.RetentionRejected;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFixtures;
import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepExpiredRunsTest extends UseCaseTest {

  private static final RetentionPolicy FOR_EVER =
      new RetentionPolicy(Optional.empty(), Optional.empty());

  private final Run succeeded = ended(root(1), StateName.SUCCEEDED);
  private final Run failed = ended(root(2), StateName.FAILED);
  private final Run running = root(3);

  @Test
  void keepsWhatSucceededThirtyDaysAndTheRestNinety() {
    add(succeeded, failed, running);

    sweepAfter(Duration.ofDays(30));
    assertThat(isThere(succeeded)).isTrue();

    sweepAfter(Duration.ofDays(30).plusMillis(1));
    assertThat(isThere(succeeded)).isFalse();
    assertThat(isThere(failed)).isTrue();

    sweepAfter(Duration.ofDays(90));
    assertThat(isThere(failed)).isTrue();

    sweepAfter(Duration.ofDays(90).plusMillis(1));
    assertThat(isThere(failed)).isFalse();
    assertThat(isThere(running)).isTrue();
  }

  @Test
  void goesByTheRootAlone() {
    var young =
        child(succeeded, 10).report(RunFixtures.report(StateName.FAILED, NOON.plus(days(30))));
    add(succeeded, young);

    sweepAfter(days(31));

    assertThat(List.of(succeeded, young)).noneMatch(this::isThere);
  }

  @Test
  void tellsOfEachTreeOnceThatItIsGone() {
    var single = ended(root(20), StateName.SUCCEEDED);
    add(succeeded, child(succeeded, 10).report(RunFixtures.report(StateName.FAILED)), single);

    sweepAfter(days(31));
    sweepAfter(days(32));

    world.write(() -> world.runEventLog().sequence(100));
    assertThat(world.runEventLog().after(0, 100))
        .extracting(entry -> entry.event().run(), entry -> entry.event().details())
        .containsExactlyInAnyOrder(
            tuple(succeeded.id(), Map.of("why", "retention")),
            tuple(single.id(), Map.of("why", "retention")));
  }

  @Test
  void keepsATreeAsLongAsARunInItIsLive() {
    var below = child(succeeded, 10);
    add(succeeded, below);

    sweepAfter(days(1_000));
    assertThat(isThere(succeeded)).isTrue();

    world.write(() -> world.runs().save(ended(below, StateName.CANCELED)));
    sweepAfter(days(1_000));
    assertThat(isThere(succeeded)).isFalse();
  }

  @Test
  void doesWhatEachOrganizationSays() {
    var globex = ended(rootOf(GLOBEX.id(), 11), StateName.SUCCEEDED);
    add(succeeded, globex);
    edit(FOR_EVER).put(OF_GLOBEX, GLOBEX.id(), RetentionPolicy.ofDays(1, 1));
    edit(FOR_EVER).put(OF_ACME, ACME.id(), RetentionPolicy.ofDays(2, 2));

    sweepAfter(days(1).plusMinutes(2));

    assertThat(isThere(succeeded)).isTrue();
    assertThat(isThere(globex)).isFalse();
  }

  @Test
  void removesNothingWhereAllIsKeptForEver() {
    add(succeeded, failed);
    edit(RetentionPolicy.USUAL).put(OF_ACME, ACME.id(), FOR_EVER);

    sweepAfter(days(10_000));

    assertThat(List.of(succeeded, failed)).allMatch(this::isThere);
  }

  @Test
  void sweepsOnlyTheOneOrganizationThatIsNamed() {
    var globex = ended(rootOf(GLOBEX.id(), 11), StateName.SUCCEEDED);
    add(succeeded, globex, child(globex, 12).report(RunFixtures.report(StateName.FAILED)));
    clock.set(NOON.plus(days(100)));

    var sweep = sweeping().begin(Optional.of(ACME.id()));
    finish(sweep);

    assertThat(sweep.removed()).isEqualTo(Map.of(ACME.id(), new Removed(1, 1, 0)));
    assertThat(isThere(globex)).isTrue();
  }

  @Test
  void goesOnWithWhatAnotherSweepLeft() {
    add(succeeded, ended(child(succeeded, 10), StateName.SUCCEEDED));
    clock.set(NOON.plus(days(100)));
    var left = sweeping().begin(Optional.empty());
    assertThat(left.step()).isTrue();
    assertThat(left.step()).isTrue();
    assertThat(isThere(succeeded)).isFalse();
    assertThat(left.removed()).isEmpty();

    var next = sweeping().begin(Optional.empty());
    finish(next);

    assertThat(next.removed()).isEqualTo(Map.of(ACME.id(), new Removed(1, 2, 0)));
  }

  @Test
  void tellsTheAuditLogOncePerOrganization() {
    add(succeeded, failed);

    sweepAfter(days(100));
    sweepAfter(days(100));

    assertThat(audited(ACME.id()))
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.action()).isEqualTo(AuditAction.RETENTION_APPLIED);
          assertThat(entry.actor()).isEqualTo(Principal.SYSTEM);
          assertThat(entry.details())
              .isEqualTo(Map.of("trees", "2", "runs", "2", "costLines", "0"));
        });
    assertThat(audited(GLOBEX.id())).isEmpty();
  }

  @Test
  void saysWhatASweepWouldRemoveAndRemovesNothing() {
    add(succeeded, ended(child(succeeded, 10), StateName.SUCCEEDED), failed);
    clock.set(NOON.plus(days(31)));

    assertThat(sweeping().weigh(Optional.empty()))
        .isEqualTo(Map.of(ACME.id(), new Removed(1, 2, 0)));
    assertThat(sweeping().weigh(Optional.of(GLOBEX.id()))).isEmpty();
    assertThat(isThere(succeeded)).isTrue();
  }

  @Test
  void showsWhatHoldsAndWhoSaidSo() {
    var edit = edit(RetentionPolicy.ofDays(5, 6));
    assertThat(edit.show(OF_ACME, ACME.id()))
        .isEqualTo(new EditRetention.Shown(RetentionPolicy.ofDays(5, 6), false));

    edit.put(OF_ACME, ACME.id(), FOR_EVER);
    assertThat(edit.show(PLATFORM, ACME.id())).isEqualTo(new EditRetention.Shown(FOR_EVER, true));

    edit.remove(OF_ACME, ACME.id());
    assertThat(edit.show(OF_ACME, ACME.id()).isOwn()).isFalse();
    assertThatExceptionOfType(RetentionRejected.PolicyNotFound.class)
        .isThrownBy(() -> edit.remove(OF_ACME, ACME.id()));
    assertThat(audited(ACME.id()))
        .extracting(AuditEntry::action)
        .containsExactly(AuditAction.RETENTION_RESET, AuditAction.RETENTION_CHANGED);
    assertThat(audited(ACME.id()).getLast().details())
        .isEqualTo(Map.of("succeededDays", "forever", "otherDays", "forever"));
  }

  @Test
  void showsAndSetsNothingBeyondTheCallersReach() {
    var edit = edit(RetentionPolicy.USUAL);
    var ofOneProject =
        new Access(
            ACTOR,
            new Reach.Within(ACME.id(), Set.of(new Slug("one"))),
            Scopes.ofOrganization(),
            Optional.empty());
    var bound = new Caller(ofOneProject, ACME.id(), Origin.LOCAL);

    assertThatExceptionOfType(AccessRejected.OrganizationNotFound.class)
        .isThrownBy(() -> edit.show(OF_GLOBEX, ACME.id()));
    assertThatExceptionOfType(AccessRejected.OrganizationNotFound.class)
        .isThrownBy(() -> edit.put(OF_GLOBEX, ACME.id(), FOR_EVER));
    assertThatExceptionOfType(AccessRejected.OrganizationNotFound.class)
        .isThrownBy(() -> edit.show(PLATFORM, new OrganizationId(RunFixtures.uuid(99))));
    assertThatExceptionOfType(AccessRejected.BoundToProjects.class)
        .isThrownBy(() -> edit.put(bound, ACME.id(), FOR_EVER));
    assertThatExceptionOfType(AccessRejected.BoundToProjects.class)
        .isThrownBy(() -> edit.remove(bound, ACME.id()));
    assertThat(audited(ACME.id())).isEmpty();
  }

  private void sweepAfter(Duration age) {
    clock.set(NOON.plusSeconds(60).plus(age));
    finish(sweeping().begin(Optional.empty()));
  }

  private static void finish(SweepExpiredRuns.Sweep sweep) {
    var hasMore = true;
    while (hasMore) {
      hasMore = sweep.step();
    }
  }

  private SweepExpiredRuns sweeping() {
    return new SweepExpiredRuns(
        world.retentionPolicies(),
        world.expiredTrees(),
        world.runs(),
        world.runEvents(),
        world.organizations(),
        auditor(),
        world.transactions(),
        clock,
        RetentionPolicy.USUAL,
        100);
  }

  private EditRetention edit(RetentionPolicy usual) {
    return new EditRetention(
        world.retentionPolicies(), world.organizations(), world.transactions(), auditor(), usual);
  }

  private List<AuditEntry> audited(OrganizationId organization) {
    return world
        .auditLog()
        .newestFirst(Optional.of(organization), AuditFilter.ALL, Optional.empty(), 100);
  }

  private static Duration days(int days) {
    return Duration.ofDays(days);
  }
}
