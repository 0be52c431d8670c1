package dev.runs.application.rollup;

import static dev.runs.domain.Seeded.oneOf;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.SEARCH;
import static dev.runs.domain.run.RunFixtures.SEARCHES;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.Caller;
import dev.runs.application.CountingIds;
import dev.runs.application.Receipt;
import dev.runs.application.SettableClock;
import dev.runs.application.StoresContract;
import dev.runs.application.audit.Auditor;
import dev.runs.application.cost.AddCosts;
import dev.runs.application.cost.FixedUnitPrices;
import dev.runs.application.cost.NewCost;
import dev.runs.application.run.CreateRuns;
import dev.runs.application.run.DeleteRun;
import dev.runs.application.run.EndedRuns;
import dev.runs.application.run.NewRun;
import dev.runs.application.run.NewRun.Owner;
import dev.runs.application.run.NewRun.Parent;
import dev.runs.application.run.NewRunWriter;
import dev.runs.application.run.Owners;
import dev.runs.application.run.ReportRun;
import dev.runs.application.run.ReportWriter;
import dev.runs.application.run.SuccessReports;
import dev.runs.application.secret.InputCheck;
import dev.runs.domain.Seeded;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Quantity;
import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFixtures;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.StateName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Lets everything that can happen to trees of runs happen in any order, and compares at every run
 * what the ledger says, what a recount finds, and what a plain model adds up to.
 */
public abstract class LedgerPropertyContract extends StoresContract {

  private static final int SEEDS = 8;
  private static final int STEPS = 50;

  private static final Caller CALLER =
      new Caller(Access.ofPlatform(new Principal("key:test")), ACME.id(), Origin.LOCAL);
  private static final List<CostName> NAMES =
      List.of(TOKENS, SEARCHES, new CostName("cost/ 'é'"), new CostName("unit"));
  private static final List<StateName> REPORTED =
      List.of(
          StateName.PAUSED,
          StateName.SUCCEEDED,
          StateName.FAILED,
          StateName.TIMED_OUT,
          StateName.CANCELED);

  private final CountingIds ids = new CountingIds(1_000);
  private final FixedUnitPrices prices =
      new FixedUnitPrices()
          .with(NAMES.get(0), "0.9703944519")
          .with(NAMES.get(1), "999999.9999999999")
          .with(NAMES.get(2), "0.0000000001")
          .with(NAMES.get(3), "1");

  @Test
  void saysAtEveryRunWhatTheFactsAddUpTo() {
    Seeded.check(SEEDS, random -> new Story(random).tell());
  }

  /** One course of events. */
  private final class Story {

    private final RandomGenerator random;

    /** Behind it are the runs of this story. */
    private final RunId before = new RunId(ids.next());

    private final SettableClock clock = new SettableClock(NOON);
    private final TreeModel model = new TreeModel();
    private final CreateRuns createRuns;
    private final AddCosts addCosts;
    private final ReportRun reportRun;
    private final DeleteRun deleteRun;

    Story(RandomGenerator random) {
      this.random = random;
      this.createRuns =
          new CreateRuns(
              new NewRunWriter(
                  new Owners(stores().organizations(), stores().users(), ids),
                  new InputCheck(stores().organizations()),
                  stores().projects(),
                  stores().runs(),
                  stores().queueEntrance(),
                  stores().ledger(),
                  stores().runEvents(),
                  ids,
                  clock,
                  random),
              stores().transactions(),
              1);
      this.addCosts =
          new AddCosts(
              stores().runs(),
              stores().costLines(),
              prices,
              stores().ledger(),
              stores().runEvents(),
              stores().transactions(),
              ids,
              clock,
              1);
      this.reportRun =
          new ReportRun(
              stores().runs(),
              new ReportWriter(
                  stores().runs(),
                  stores().ledger(),
                  stores().runEvents(),
                  EndedRuns.UNHEARD,
                  new SuccessReports(stores().validations()),
                  stores().transactions()),
              stores().transactions(),
              clock);
      this.deleteRun =
          new DeleteRun(
              stores().runs(),
              stores().deletions(),
              stores().runEvents(),
              new Auditor(stores().auditTrail(), ids, clock),
              stores().transactions(),
              clock);
    }

    void tell() {
      plantTree();
      for (var step = 0; step < STEPS; step++) {
        happen();
        if (random.nextInt(10) == 0) {
          assertAllAgree();
        }
      }
      assertAllAgree();
      foldAll(1 + random.nextInt(50));
      assertAllAgree();
    }

    private void happen() {
      switch (random.nextInt(10)) {
        case 0, 1 -> growOne();
        case 2 -> plantTree();
        case 3, 4, 5 -> bookSome();
        case 6 -> correctOne();
        case 7 -> reportOne();
        case 8 -> deleteOne();
        default -> stores().write(() -> stores().ledger().fold(1 + random.nextInt(30)));
      }
    }

    private void growOne() {
      var parent = model.anyRun(random);
      if (parent.path().depth() < RunPath.DEEPEST && takesRuns(parent)) {
        model.put(createRuns.create(CALLER, newRun(existing(parent)), Receipt.none()).run());
      }
    }

    /** A new tree at once, or one below a run that is there. */
    private void plantTree() {
      var batch = new ArrayList<NewRun>();
      var isOnTheirOwn = model.runs().isEmpty() || random.nextBoolean();
      var above =
          isOnTheirOwn
              ? Optional.<Run>empty()
              : Optional.of(model.anyRun(random)).filter(this::takesRuns);
      batch.add(newRun(above.flatMap(Story::existing)));
      for (var i = random.nextInt(8); i > 0; i--) {
        batch.add(newRun(Optional.of(new Parent.InBatch(random.nextInt(batch.size())))));
      }
      createRuns.createAll(CALLER, batch, Receipt.none()).forEach(made -> model.put(made.run()));
    }

    /** What is canceled takes no new run below it. */
    private boolean takesRuns(Run parent) {
      return model.runs().stream()
          .filter(run -> run.stateName() == StateName.CANCELED)
          .noneMatch(run -> parent.path().isWithin(run.path()));
    }

    private void bookSome() {
      var costs = new ArrayList<NewCost>();
      for (var i = 1 + random.nextInt(4); i > 0; i--) {
        costs.add(
            new NewCost(
                model.anyRun(random).id(), oneOf(NAMES, random), quantity(), Optional.empty()));
      }
      model.book(addCosts.addAll(CALLER, costs, Receipt.none()));
    }

    private void correctOne() {
      if (model.lines().isEmpty()) {
        return;
      }
      var line = oneOf(model.lines(), random);
      var back = line.quantity().value().abs().max(new BigDecimal("0.000001")).negate();
      var correction =
          new NewCost(line.run(), line.name(), new Quantity(back), Optional.of(line.id()));
      model.book(addCosts.addAll(CALLER, List.of(correction), Receipt.none()));
    }

    private void reportOne() {
      var run = model.anyRun(random);
      if (run.stateName().isLive()) {
        var state = oneOf(REPORTED, random);
        model.put(reportRun.report(CALLER, run.id(), at -> RunFixtures.report(state, at)));
      }
    }

    /** Sometimes only begun, so that what is marked still counts above. */
    private void deleteOne() {
      var run = model.anyRun(random);
      if (model.runs().size() == 1) {
        return;
      }
      if (random.nextBoolean()) {
        deleteRun.delete(CALLER, run.id(), 0);
        assertLedgerIsRecounted();
      } else {
        deleteRun.delete(CALLER, run.id(), 1);
      }
      model.remove(run);
      while (deleteRun.sweep()) {
        assertLedgerIsRecounted();
      }
      if (model.runs().isEmpty()) {
        plantTree();
      }
    }

    private void assertAllAgree() {
      assertLedgerIsRecounted();
      var rollups = stores().ledger().ofAll(model.runs().stream().map(Run::path).toList());
      for (var run : model.runs()) {
        var expected = model.rollup(run);
        assertThat(stores().ledger().of(run.path())).as("run %s", run.id()).isEqualTo(expected);
        assertThat(rollups.getOrDefault(run.id(), Rollup.EMPTY)).isEqualTo(expected);
        assertThat(found(run.id())).isEqualTo(run);
      }
    }

    private void assertLedgerIsRecounted() {
      var findings =
          new AuditLedger(stores().ledger(), stores().ledgerAudit(), stores().transactions())
              .audit(CALLER, Optional.of(before), AuditLedger.MOST_RUNS);
      assertThat(findings.differences()).isEmpty();
    }

    private Quantity quantity() {
      var units = random.nextLong(-1_000_000_000L, 1_000_000_000L);
      return new Quantity(BigDecimal.valueOf(units, 3 + random.nextInt(6)));
    }

    private static Optional<Parent> existing(Run parent) {
      return Optional.of(new Parent.Existing(parent.id()));
    }

    private static NewRun newRun(Optional<Parent> parent) {
      var acmes = new Owner.Registered(ACME.id(), Optional.empty());
      return NewRun.tracked(acmes, Optional.empty(), SEARCH, RunLabels.NONE, parent);
    }
  }
}
