package dev.runs.application.run;

import static dev.runs.domain.access.Reach.within;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.ADA;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.OTHER_ADA;
import static dev.runs.domain.run.RunFixtures.SEARCH;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.rootOf;
import static dev.runs.domain.run.RunFixtures.runId;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.AtOnce;
import dev.runs.application.ItemRejected;
import dev.runs.application.ItemResult;
import dev.runs.application.Receipt;
import dev.runs.application.RecordedReceipt;
import dev.runs.application.RequestRejected;
import dev.runs.application.UseCaseTest;
import dev.runs.application.run.NewRun.Owner;
import dev.runs.application.run.NewRun.Parent;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.UserId;
import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.event.EventType;
import dev.runs.domain.run.Dispatch;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunSpace;
import dev.runs.domain.run.StateName;
import dev.runs.domain.secret.CredentialCheck;
import dev.runs.domain.secret.Input;
import dev.runs.domain.secret.SecretRejected;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class CreateRunsTest extends UseCaseTest {

  private static final Owner ACMES = new Owner.Registered(ACME.id(), Optional.empty());

  @Nested
  final class One {

    @Test
    void runsFromNowOnWhereNothingElseIsSaid() {
      var labels = new RunLabels("app", "brand", null);
      var adas = new Owner.Registered(ACME.id(), Optional.of(ADA.id()));

      var run = create(NewRun.tracked(adas, Optional.empty(), SEARCH, labels, Optional.empty()));

      assertThat(run.organization()).isEqualTo(ACME.id());
      assertThat(run.user()).isEqualTo(ADA.id());
      assertThat(run.origin()).isEqualTo(SEARCH);
      assertThat(run.labels()).isEqualTo(labels);
      assertThat(run.space()).isEqualTo(RunSpace.DEFAULT);
      assertThat(run.dispatch()).isEqualTo(Dispatch.TRACKED);
      assertThat(run.stateName()).isEqualTo(StateName.RUNNING);
      assertThat(run.startedAt()).isEqualTo(NOON);
      assertThat(run.path().isRoot()).isTrue();
      assertThat(world.runs().find(Reach.everywhere(), run.id())).contains(run);
    }

    @Test
    void isTold() {
      var run = create(newRun(ACMES));

      assertThat(told()).hasSize(1);
      assertThat(told().getFirst().event().type()).isEqualTo(EventType.CREATED);
      assertThat(told().getFirst().event().run()).isEqualTo(run.id());
      assertThat(told().getFirst().event().actor()).isEqualTo(ACTOR);
    }

    @Test
    void standsBelowItsParentAndCountsThere() {
      var parent =
          Run.tracked(
              RunPath.ofRoot(runId(1)),
              ACME.id(),
              new RunSpace(new Slug("crawl"), "staging"),
              new RunName("nightly"),
              SEARCH,
              RunLabels.NONE,
              null,
              NOON);
      add(parent);

      var run = create(below(parent));

      assertThat(run.path()).isEqualTo(parent.path().child(run.id()));
      assertThat(run.space()).isEqualTo(parent.space());
      assertThat(rollup(parent).descendants()).isEqualTo(Map.of(StateName.RUNNING, 1L));
    }

    @Test
    void isRefusedForAnUnknownOrganization() {
      assertRefused(
          AccessRejected.OrganizationNotFound.class,
          newRun(new Owner.Registered(new OrganizationId(uuid(77)), Optional.empty())));
    }

    @Test
    void isRefusedForAnOrganizationBeyondTheCallersReach() {
      assertThatExceptionOfType(AccessRejected.OrganizationNotFound.class)
          .isThrownBy(() -> createRuns().create(OF_GLOBEX, newRun(ACMES), Receipt.none()));
    }

    @Test
    void isRefusedForAUserWhoIsUnknownOrAnotherOrganizations() {
      assertRefused(
          AccessRejected.UserNotFound.class,
          newRun(new Owner.Registered(ACME.id(), Optional.of(new UserId(uuid(77))))));
      assertRefused(
          AccessRejected.UserNotFound.class,
          newRun(new Owner.Registered(ACME.id(), Optional.of(OTHER_ADA.id()))));
    }

    @Test
    void isRefusedBelowARunThatCannotBeFound() {
      add(rootOf(GLOBEX.id(), 2), root(3));
      world.write(() ->
          world.deletions().mark(new Deletions.Deletion(root(3).path(), ACME.id(), ACTOR, NOON)));

      assertRefused(RunRejected.ParentNotFound.class, below(root(1)));
      assertRefused(RunRejected.ParentNotFound.class, below(rootOf(GLOBEX.id(), 2)));
      assertRefused(RunRejected.ParentNotFound.class, below(root(3)));
    }

    @Test
    void saysWhichParentCannotBeFound() {
      assertThatExceptionOfType(RunRejected.ParentNotFound.class)
          .isThrownBy(() -> create(below(root(1))))
          .withMessage("parentRunId %s does not exist", runId(1));
    }

    @Test
    void isRefusedBelowTheDeepestRunThereMayBe() {
      var chain = new ArrayList<>(List.of(root(1)));
      while (chain.size() < RunPath.DEEPEST) {
        chain.add(child(chain.getLast(), chain.size() + 1));
      }
      add(chain.toArray(Run[]::new));

      assertThat(create(below(chain.get(62))).path().depth()).isEqualTo(64);
      assertRefused(RunRejected.TooDeep.class, below(chain.get(63)));
    }

    @Test
    void isRefusedWithACredentialInWhatWasGiven() {
      assertRefused(SecretRejected.CredentialFound.class, giving("hunter2"));
      assertThat(told()).isEmpty();

      assertThat(isThere(create(giving("secret://db")))).isTrue();
    }

    @Test
    void isRefusedWithACredentialInItsOwnTexts() {
      var labels = new RunLabels("app", null, "ghp_" + "a1B2".repeat(9));
      var run = NewRun.tracked(ACMES, Optional.empty(), SEARCH, labels, Optional.empty());

      assertThatExceptionOfType(SecretRejected.CredentialFound.class)
          .isThrownBy(() -> create(run))
          .satisfies(refused -> assertThat(refused.pointers()).containsExactly("/campaignId"));
    }

    @Test
    void mayHoldACredentialWhereTheOrganizationHasSwitchedTheCheckOff() {
      world.write(() -> world.organizations().save(ACME.checking(CredentialCheck.OFF, NOON)));

      assertThat(isThere(create(giving("hunter2")))).isTrue();
    }

    @Test
    void leavesNothingBehindWhenItIsRefused() {
      assertRefused(RunRejected.ParentNotFound.class, below(root(1)));

      assertThat(told()).isEmpty();
      assertThat(
              world
                  .runList()
                  .byCreation(
                      within(ACME.id()),
                      RunFilter.ALL,
                      RunList.Order.NEWEST_FIRST,
                      Optional.empty(),
                      10))
          .isEmpty();
    }

    @Test
    void isAnsweredInTheTransactionOfItsReceipt() {
      var receipt = new RecordedReceipt<MadeRun>(world.transactions());

      var run = createRuns().create(PLATFORM, newRun(ACMES), receipt);

      assertThat(receipt.opened()).isEqualTo(1);
      assertThat(receipt.recorded()).containsExactly(run);
    }

    @Test
    void leavesNoReceiptWhenItIsRefused() {
      var receipt = new RecordedReceipt<MadeRun>(world.transactions());

      assertThatExceptionOfType(RunRejected.ParentNotFound.class)
          .isThrownBy(() -> createRuns().create(PLATFORM, below(root(1)), receipt));

      assertThat(receipt.recorded()).isEmpty();
    }

    @Test
    void findsAnotherNameWhenItsOwnIsTaken() {
      create(newRun(ACMES), createRuns(world.runs(), repeating(0)));

      var run = create(newRun(ACMES), createRuns(world.runs(), repeating(40)));

      assertThat(isThere(run)).isTrue();
    }

    @Test
    void givesUpWhenEveryNameIsTaken() {
      create(newRun(ACMES), createRuns(world.runs(), repeating(0)));

      assertThatExceptionOfType(Runs.NameTaken.class)
          .isThrownBy(
              () -> create(newRun(ACMES), createRuns(world.runs(), repeating(Integer.MAX_VALUE))));
    }

    @Test
    void looksAgainWhenItsParentWasDeletedAtThatMoment() {
      add(root(1));
      var runs = new LateDeletion(world.runs(), 1);

      var run = create(below(root(1)), createRuns(runs, new SplittableRandom(1)));

      assertThat(isThere(run)).isTrue();
      assertThat(runs.refused).isEqualTo(1);
    }

    @Test
    void isRefusedWhenItsParentIsDeletedWheneverItLooks() {
      add(root(1));
      var runs = new LateDeletion(world.runs(), Integer.MAX_VALUE);

      assertThatExceptionOfType(RunRejected.ParentNotFound.class)
          .isThrownBy(() -> create(below(root(1)), createRuns(runs, new SplittableRandom(1))));
    }
  }

  @Nested
  final class OfAnExternalOwner {

    @Test
    void makesTheOrganizationAndTheUserWhenTheyAreNew() {
      var run = create(newRun(external("initech", "peter")));

      var organization = world.organizations().find(new ExternalId("initech")).orElseThrow();
      var user = world.users().find(organization.id(), new ExternalId("peter")).orElseThrow();
      assertThat(run.organization()).isEqualTo(organization.id());
      assertThat(run.user()).isEqualTo(user.id());
    }

    @Test
    void findsThemWhenTheyAreThere() {
      assertThat(create(newRun(external("acme", "ada"))).user()).isEqualTo(ADA.id());
      assertThat(create(newRun(external("globex", "ada"))).user()).isEqualTo(OTHER_ADA.id());
    }

    @Test
    void needsNoUser() {
      var owner = new Owner.External(ACME.externalId(), Optional.empty());

      assertThat(create(newRun(owner)).user()).isNull();
    }

    @Test
    void makesThemOnceHoweverManyRunsNameThem() {
      var runs =
          createRuns()
              .createAll(
                  PLATFORM,
                  Collections.nCopies(50, newRun(external("initech", "peter"))),
                  Receipt.none());

      assertThat(runs)
          .extracting(made -> made.run().organization())
          .containsOnly(runs.getFirst().run().organization());
      assertThat(runs)
          .extracting(made -> made.run().user())
          .containsOnly(runs.getFirst().run().user());
    }

    @Test
    void makesThemOnceHoweverManyComeAtTheSameMoment() {
      var createRuns = createRuns();

      var runs =
          AtOnce.with(
              8,
              _ ->
                  createRuns.create(
                      PLATFORM, newRun(external("initech", "peter")), Receipt.none()));

      assertThat(runs)
          .extracting(made -> made.run().user())
          .containsOnly(runs.getFirst().run().user());
    }

    @Test
    void makesNeitherForACallerWhoReachesNoFurtherThanItsOwn() {
      assertThatExceptionOfType(AccessRejected.OrganizationNotFound.class)
          .isThrownBy(() ->
              createRuns().create(OF_ACME, newRun(external("initech", "peter")), Receipt.none()));
      assertThatExceptionOfType(AccessRejected.OrganizationNotFound.class)
          .isThrownBy(() ->
              createRuns().create(OF_ACME, newRun(external("globex", "peter")), Receipt.none()));

      assertThat(world.organizations().find(new ExternalId("initech"))).isEmpty();
      assertThat(world.users().find(GLOBEX.id(), new ExternalId("peter"))).isEmpty();
    }

    @Test
    void makesAUserInTheCallersOwnOrganization() {
      var run =
          createRuns().create(OF_ACME, newRun(external("acme", "peter")), Receipt.none()).run();

      assertThat(world.users().find(ACME.id(), new ExternalId("peter")).orElseThrow().id())
          .isEqualTo(run.user());
    }

    private Owner external(String organization, String user) {
      return new Owner.External(new ExternalId(organization), Optional.of(new ExternalId(user)));
    }
  }

  @Nested
  final class AllOrNone {

    @Test
    void standBelowEachOther() {
      var runs =
          createRuns()
              .createAll(
                  PLATFORM, List.of(newRun(ACMES), below(0), below(1), below(0)), Receipt.none());

      assertThat(runs).extracting(made -> made.run().path().depth()).containsExactly(1, 2, 3, 2);
      assertThat(runs.get(2).run().parent()).isEqualTo(runs.get(1).run().id());
      assertThat(rollup(runs.getFirst().run()).descendantCount()).isEqualTo(3);
      assertThat(rollup(runs.get(1).run()).descendantCount()).isEqualTo(1);
      assertThat(toldTypes()).hasSize(4).containsOnly(EventType.CREATED);
    }

    @Test
    void areRefusedForTheFirstThatIsRefused() {
      var batch = List.of(newRun(ACMES), below(root(1)), below(root(2)));

      assertThatExceptionOfType(ItemRejected.class)
          .isThrownBy(() -> createRuns().createAll(PLATFORM, batch, Receipt.none()))
          .satisfies(refused -> {
            assertThat(refused.index()).isEqualTo(1);
            assertThat(refused.rejection()).isInstanceOf(RunRejected.ParentNotFound.class);
            assertThat(refused.code()).isEqualTo("run.parent_not_found");
          });
      assertThat(told()).isEmpty();
      assertThat(
              world
                  .runList()
                  .byCreation(
                      within(ACME.id()),
                      RunFilter.ALL,
                      RunList.Order.NEWEST_FIRST,
                      Optional.empty(),
                      10))
          .isEmpty();
    }

    @Test
    void areOneThousandAtMostAndOneAtLeast() {
      assertThat(
              createRuns()
                  .createAll(PLATFORM, Collections.nCopies(1_000, newRun(ACMES)), Receipt.none()))
          .hasSize(1_000);

      assertTooMany(Collections.nCopies(1_001, newRun(ACMES)));
      assertTooMany(List.of());
    }

    @Test
    void areAnsweredInTheTransactionOfTheirReceipt() {
      var receipt = new RecordedReceipt<List<MadeRun>>(world.transactions());

      var runs = createRuns().createAll(PLATFORM, List.of(newRun(ACMES), below(0)), receipt);

      assertThat(receipt.recorded()).containsExactly(runs);
    }

    private void assertTooMany(List<NewRun> batch) {
      assertThatExceptionOfType(RequestRejected.TooManyItems.class)
          .isThrownBy(() -> createRuns().createAll(PLATFORM, batch, Receipt.none()))
          .withMessage("items has 1 to 1000 entries, not %d.", batch.size());
      assertThatExceptionOfType(RequestRejected.TooManyItems.class)
          .isThrownBy(() -> createRuns().createEach(PLATFORM, batch, Receipt.none()));
    }
  }

  @Nested
  final class EachForItself {

    @Test
    void areMadeWhereTheyCanBeMade() {
      var unknown = new Owner.Registered(new OrganizationId(uuid(77)), Optional.empty());
      var batch =
          List.of(newRun(ACMES), newRun(unknown), below(0), below(1), below(3), below(root(1)));

      var results = createRuns().createEach(PLATFORM, batch, Receipt.none());

      assertThat(results)
          .extracting(CreateRunsTest::codeOf)
          .containsExactly(
              "made",
              "organization.not_found",
              "made",
              "run.parent_not_found",
              "run.parent_not_found",
              "run.parent_not_found");
      assertThat(toldTypes()).hasSize(2);
    }

    @Test
    void areRefusedAloneWhenTheyHoldACredential() {
      var batch = List.of(newRun(ACMES), giving("hunter2"), below(0), below(1));

      assertThat(createRuns().createEach(PLATFORM, batch, Receipt.none()))
          .extracting(CreateRunsTest::codeOf)
          .containsExactly("made", "input.credential", "made", "run.parent_not_found");
    }

    @Test
    void sayWhichItemWasToBeTheParent() {
      var batch = List.of(below(root(1)), below(0));

      var results = createRuns().createEach(PLATFORM, batch, Receipt.none());

      assertThat(results.getLast())
          .isInstanceOfSatisfying(
              ItemResult.Refused.class,
              refused ->
                  assertThat(refused.rejection())
                      .hasMessage("parentRunId of item 0 does not exist"));
    }

    @Test
    void standBelowNoRunOfAnotherOrganization() {
      var globexs = new Owner.Registered(GLOBEX.id(), Optional.empty());
      var batch =
          List.of(
              newRun(ACMES),
              NewRun.tracked(
                  globexs,
                  Optional.empty(),
                  SEARCH,
                  RunLabels.NONE,
                  Optional.of(new Parent.InBatch(0))));

      assertThat(createRuns().createEach(PLATFORM, batch, Receipt.none()))
          .extracting(CreateRunsTest::codeOf)
          .containsExactly("made", "run.parent_not_found");
    }
  }

  @Test
  void countsEveryRunThatManyMakeUnderOneRoot() {
    add(root(1));
    var createRuns = createRuns();

    var made =
        AtOnce.with(
            8,
            _ -> {
              var own = new ArrayList<RunId>();
              for (var i = 0; i < 50; i++) {
                own.add(createRuns.create(PLATFORM, below(root(1)), Receipt.none()).run().id());
              }
              return own;
            });

    assertThat(made.stream().flatMap(List::stream)).hasSize(400).doesNotHaveDuplicates();
    assertThat(rollup(root(1)).descendants()).isEqualTo(Map.of(StateName.RUNNING, 400L));
    assertThat(told()).hasSize(400);
  }

  private Run create(NewRun run) {
    return create(run, createRuns());
  }

  private static Run create(NewRun run, CreateRuns createRuns) {
    return createRuns.create(PLATFORM, run, Receipt.none()).run();
  }

  private void assertRefused(Class<? extends Exception> refusal, NewRun run) {
    assertThatExceptionOfType(refusal).isThrownBy(() -> create(run));
    var receipt = new RecordedReceipt<MadeRun>(world.transactions());
    assertThatExceptionOfType(refusal)
        .isThrownBy(() -> createRuns().create(PLATFORM, run, receipt));
  }

  private static String codeOf(ItemResult<MadeRun> result) {
    return switch (result) {
      case ItemResult.Done<MadeRun> _ -> "made";
      case ItemResult.Refused<MadeRun>(var rejection) -> rejection.code();
    };
  }

  private static NewRun newRun(Owner owner) {
    return NewRun.tracked(owner, Optional.empty(), SEARCH, RunLabels.NONE, Optional.empty());
  }

  private static NewRun giving(String password) {
    return NewRun.tracked(
        ACMES,
        Optional.empty(),
        SEARCH,
        RunLabels.NONE,
        Optional.empty(),
        new Input.Members(Map.of("password", new Input.Text(password))));
  }

  private static NewRun below(Run parent) {
    return NewRun.tracked(
        ACMES,
        Optional.empty(),
        SEARCH,
        RunLabels.NONE,
        Optional.of(new Parent.Existing(parent.id())));
  }

  private static NewRun below(int index) {
    return NewRun.tracked(
        ACMES, Optional.empty(), SEARCH, RunLabels.NONE, Optional.of(new Parent.InBatch(index)));
  }

  /** Always the same number for so many times more than a name needs, then others. */
  private static RandomGenerator repeating(int times) {
    var others = new SplittableRandom(99);
    return new RandomGenerator() {
      private int left = Math.max(times, 20);

      @Override
      public long nextLong() {
        if (left == 0) {
          return others.nextLong();
        }
        left--;
        return 0;
      }
    };
  }

  /** Runs whose parents are deleted just when their children are written. */
  private static final class LateDeletion implements Runs {

    private final Runs runs;
    private final int times;
    private int refused;

    LateDeletion(Runs runs, int times) {
      this.runs = runs;
      this.times = times;
    }

    @Override
    public void addAll(List<Run> added) {
      if (refused < times) {
        refused++;
        throw RunRejected.ParentNotFound.late();
      }
      runs.addAll(added);
    }

    @Override
    public void saveAll(List<Run> saved, List<Attempt> attempts) {
      runs.saveAll(saved, attempts);
    }

    @Override
    public Optional<Run> find(Reach reach, RunId id) {
      return runs.find(reach, id);
    }

    @Override
    public Map<RunId, Run> findAll(Reach reach, Collection<RunId> ids) {
      return runs.findAll(reach, ids);
    }

    @Override
    public void save(Run run) {
      runs.save(run);
    }
  }
}
