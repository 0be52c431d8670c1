package dev.runs.application;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.ADA;
import static dev.runs.domain.run.RunFixtures.BEN;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.OTHER_ADA;
import static dev.runs.domain.run.RunFixtures.SEARCHES;
import static dev.runs.domain.run.RunFixtures.TOKENS;

import dev.runs.application.audit.Auditor;
import dev.runs.application.cost.AddCosts;
import dev.runs.application.cost.FixedUnitPrices;
import dev.runs.application.cost.UnitPrices;
import dev.runs.application.event.RunEventLog.Entry;
import dev.runs.application.run.CreateRuns;
import dev.runs.application.run.DescribeRuns;
import dev.runs.application.run.NewRunWriter;
import dev.runs.application.run.Owners;
import dev.runs.application.run.Runs;
import dev.runs.application.secret.InputCheck;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.event.EventType;
import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.Run;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;

/** What tests of use cases start from: the people of the fixtures in a world in memory, at noon. */
public abstract class UseCaseTest {

  protected static final Principal ACTOR = new Principal("key:test");

  /** Who may do everything, and acts for Acme when nothing else is said. */
  protected static final Caller PLATFORM =
      new Caller(Access.ofPlatform(ACTOR), ACME.id(), Origin.LOCAL);

  /** Who belongs to Acme. */
  protected static final Caller OF_ACME = of(ACME.id());

  /** Who belongs to Globex. */
  protected static final Caller OF_GLOBEX = of(GLOBEX.id());

  protected final SettableClock clock = new SettableClock(NOON);
  protected final InMemoryWorld world = new InMemoryWorld(clock);
  protected final CountingIds ids = new CountingIds(1_000);
  protected final FixedUnitPrices prices =
      new FixedUnitPrices().with(TOKENS, "0.5").with(SEARCHES, "2");

  @BeforeEach
  void register() {
    world.write(() -> {
      world.organizations().addUnlessThere(ACME);
      world.organizations().addUnlessThere(GLOBEX);
      world.users().addUnlessThere(ADA);
      world.users().addUnlessThere(BEN);
      world.users().addUnlessThere(OTHER_ADA);
    });
  }

  /** Writes into the audit log of the world. */
  protected final Auditor auditor() {
    return new Auditor(world.auditTrail(), ids, clock);
  }

  protected final CreateRuns createRuns() {
    return createRuns(world.runs(), new SplittableRandom(1));
  }

  protected final CreateRuns createRuns(Runs runs, RandomGenerator names) {
    return new CreateRuns(newRunWriter(runs, names), world.transactions(), 2);
  }

  protected final NewRunWriter newRunWriter(Runs runs, RandomGenerator names) {
    return new NewRunWriter(
        new Owners(world.organizations(), world.users(), ids),
        new InputCheck(world.organizations()),
        world.projects(),
        runs,
        world.queueEntrance(),
        world.ledger(),
        world.runEvents(),
        ids,
        clock,
        names);
  }

  /** What runs are shown with. */
  protected final DescribeRuns describeRuns() {
    return new DescribeRuns(world.projects(), world.jobs(), clock);
  }

  protected final AddCosts addCosts() {
    return addCosts(prices);
  }

  protected final AddCosts addCosts(UnitPrices from) {
    return new AddCosts(
        world.runs(),
        world.costLines(),
        from,
        world.ledger(),
        world.runEvents(),
        world.transactions(),
        ids,
        clock,
        2);
  }

  protected final void add(Run... runs) {
    world.write(() -> world.runs().addAll(List.of(runs)));
  }

  protected final boolean isThere(Run run) {
    return world.runs().find(Reach.everywhere(), run.id()).isPresent();
  }

  protected final Rollup rollup(Run run) {
    return world.ledger().of(run.path());
  }

  /** What was told so far. */
  protected final List<Entry> told() {
    world.write(() -> world.runEventLog().sequence(Integer.MAX_VALUE));
    return world.runEventLog().after(0, Integer.MAX_VALUE);
  }

  protected final List<EventType> toldTypes() {
    return told().stream().map(entry -> entry.event().type()).toList();
  }

  /** Somebody who may do everything in one organization. */
  private static Caller of(OrganizationId organization) {
    var access =
        new Access(ACTOR, Reach.within(organization), Scopes.ofOrganization(), Optional.empty());
    return new Caller(access, organization, Origin.LOCAL);
  }
}
