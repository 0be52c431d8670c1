package dev.runs.application.cost;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.SEARCH;
import static dev.runs.domain.run.RunFixtures.SEARCHES;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.lineId;
import static dev.runs.domain.run.RunFixtures.price;
import static dev.runs.domain.run.RunFixtures.quantity;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.rootOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.AtOnce;
import dev.runs.application.Caller;
import dev.runs.application.ItemRejected;
import dev.runs.application.ItemResult;
import dev.runs.application.Receipt;
import dev.runs.application.RecordedReceipt;
import dev.runs.application.RequestRejected;
import dev.runs.application.UseCaseTest;
import dev.runs.application.run.DeleteRun;
import dev.runs.domain.Rejection;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.CostLineId;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.CostRejected;
import dev.runs.domain.cost.Money;
import dev.runs.domain.cost.UnitPrice;
import dev.runs.domain.event.EventType;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunSpace;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class AddCostsTest extends UseCaseTest {

  private static final CostName UNKNOWN = new CostName("unknown");

  private final Run root = root(1);
  private final Run child = child(root, 2);

  @BeforeEach
  void plant() {
    add(root, child);
  }

  @Nested
  final class Together {

    @Test
    void areBookedAtThePricesOfTheMoment() {
      var lines = book(cost(child, TOKENS, "3"), cost(root, SEARCHES, "0.25"));

      assertThat(lines).extracting(CostLine::total).containsExactly(money("1.5"), money("0.5"));
      assertThat(lines).extracting(CostLine::createdAt).containsOnly(NOON);
      assertThat(linesOf(child)).containsExactly(lines.getFirst());
      assertThat(rollup(root).totalCost()).isEqualTo(money("2"));
      assertThat(rollup(child).ownCost()).isEqualTo(money("1.5"));
    }

    @Test
    void areToldOncePerRun() {
      book(cost(child, TOKENS, "1"), cost(root, TOKENS, "1"), cost(child, TOKENS, "2"));

      assertThat(toldTypes()).containsExactly(EventType.COST_ADDED, EventType.COST_ADDED);
      assertThat(told().getFirst().event().details())
          .isEqualTo(Map.of("lines", "2", "totalCostInUsdCents", "1.5000000000"));
    }

    @Test
    void askForEachPriceOnceAndOutsideAnyTransaction() {
      UnitPrices checked =
          names -> {
            assertThat(world.transactions().isWithin()).isFalse();
            return prices.of(names);
          };

      addCosts(checked)
          .addAll(
              PLATFORM,
              List.of(cost(root, TOKENS, "1"), cost(child, TOKENS, "1"), cost(root, SEARCHES, "1")),
              new RecordedReceipt<>(world.transactions()));

      assertThat(prices.asked()).containsExactly(Set.of(TOKENS, SEARCHES));
    }

    @Test
    void keepThePriceTheyWereBookedAt() {
      var line = book(cost(root, TOKENS, "1")).getFirst();
      prices.with(TOKENS, "99");

      assertThat(linesOf(root)).containsExactly(line);
      assertThat(book(cost(root, TOKENS, "1")).getFirst().unitPrice())
          .isEqualTo(price("99").rounded());
    }

    @Test
    void areRefusedForTheFirstThatIsRefused() {
      assertRefused(
          1, CostRejected.UnknownCost.class, cost(root, TOKENS, "1"), cost(root, UNKNOWN, "1"));

      assertThat(linesOf(root)).isEmpty();
      assertThat(told()).isEmpty();
      assertThat(rollup(root).totalCost()).isEqualTo(Money.ZERO);
    }

    @Test
    void nameTheCostThatIsUnknown() {
      assertThatExceptionOfType(ItemRejected.class)
          .isThrownBy(() -> book(cost(root, UNKNOWN, "1")))
          .withMessage("Unknown cost: unknown");
    }

    @Test
    void areRefusedWhenNoPriceIsToBeHad() {
      prices.breakDown();

      assertThatExceptionOfType(CostRejected.PricesUnavailable.class)
          .isThrownBy(() -> book(cost(root, TOKENS, "1")));

      assertThat(linesOf(root)).isEmpty();
    }

    @Test
    void areRefusedOnRunsThatCannotBeFound() {
      add(rootOf(GLOBEX.id(), 9));

      assertRefused(0, RunRejected.NotFound.class, cost(root(77), TOKENS, "1"));
      assertRefused(
          1, RunRejected.NotFound.class, cost(root, TOKENS, "1"), cost(root(77), TOKENS, "1"));
      assertRefused(
          OF_ACME, 0, RunRejected.NotFound.class, cost(rootOf(GLOBEX.id(), 9), TOKENS, "1"));
    }

    @Test
    void askForNoPriceWhenNoneOfTheRunsIsThere() {
      assertRefused(0, RunRejected.NotFound.class, cost(root(77), TOKENS, "1"));

      assertThat(prices.asked()).isEmpty();
    }

    @Test
    void areRefusedWhenTheRunGoesWhileThePricesAreAskedFor() {
      UnitPrices slow =
          names -> {
            new DeleteRun(
                    world.runs(),
                    world.deletions(),
                    world.runEvents(),
                    auditor(),
                    world.transactions(),
                    clock)
                .delete(PLATFORM, child.id(), 10);
            return prices.of(names);
          };

      assertThatExceptionOfType(RunRejected.NotFound.class)
          .isThrownBy(() ->
              addCosts(slow).addAll(PLATFORM, List.of(cost(child, TOKENS, "1")), Receipt.none()));

      assertThat(rollup(root).totalCost()).isEqualTo(Money.ZERO);
      assertThat(toldTypes()).containsExactly(EventType.DELETED);
    }

    @Test
    void areOneThousandAtMostAndOneAtLeast() {
      assertThat(book(Collections.nCopies(1_000, cost(root, TOKENS, "1")))).hasSize(1_000);
      assertThat(rollup(root).ownCost()).isEqualTo(money("500"));

      assertTooMany(Collections.nCopies(1_001, cost(root, TOKENS, "1")));
      assertTooMany(List.of());
    }

    @Test
    void areAnsweredInTheTransactionOfTheirReceipt() {
      var receipt = new RecordedReceipt<List<CostLine>>(world.transactions());

      var lines = addCosts().addAll(PLATFORM, List.of(cost(root, TOKENS, "1")), receipt);

      assertThat(receipt.opened()).isEqualTo(1);
      assertThat(receipt.recorded()).containsExactly(lines);
      assertThat(linesOf(root)).isEqualTo(lines);
    }

    @Test
    void areExactHoweverManyBookAtTheSameMoment() {
      var addCosts = addCosts();

      AtOnce.with(
          8,
          _ -> {
            for (var i = 0; i < 50; i++) {
              addCosts.addAll(PLATFORM, List.of(cost(child, TOKENS, "0.2")), Receipt.none());
            }
            return true;
          });

      assertThat(rollup(root).totalCost()).isEqualTo(money("40"));
      assertThat(world.costLines().of(child.id(), Optional.empty(), 1_000)).hasSize(400);
    }

    private void assertTooMany(List<NewCost> costs) {
      assertThatExceptionOfType(RequestRejected.TooManyItems.class)
          .isThrownBy(() -> book(costs))
          .withMessage("items has 1 to 1000 entries, not %d.", costs.size());
      assertThatExceptionOfType(RequestRejected.TooManyItems.class)
          .isThrownBy(() -> addCosts().addEach(PLATFORM, costs, Receipt.none()));
    }
  }

  @Nested
  final class Corrections {

    @Test
    void takeThePriceOfTheLineTheyCorrectAndAskNobody() {
      var line = book(cost(root, TOKENS, "3")).getFirst();
      prices.with(TOKENS, "99").breakDown();

      var correction = book(correction(root, TOKENS, "-3", line.id())).getFirst();

      assertThat(correction.unitPrice()).isEqualTo(line.unitPrice());
      assertThat(correction.corrects()).isEqualTo(line.id());
      assertThat(rollup(root).totalCost()).isEqualTo(Money.ZERO);
      assertThat(prices.asked()).hasSize(1);
    }

    @Test
    void areRefusedWhenTheRunHasNoSuchLine() {
      var others = book(cost(child, TOKENS, "3")).getFirst();
      var own = book(cost(root, TOKENS, "3")).getFirst();

      assertRefused(
          0, CostRejected.CorrectedLineNotFound.class, correction(root, TOKENS, "-1", lineId(77)));
      assertRefused(
          0, CostRejected.CorrectedLineNotFound.class, correction(root, TOKENS, "-1", others.id()));
      assertRefused(
          0, CostRejected.CorrectedLineNotFound.class, correction(root, SEARCHES, "-1", own.id()));
    }

    @Test
    void areNegative() {
      var line = book(cost(root, TOKENS, "3")).getFirst();

      assertRefused(
          0, CostRejected.CorrectionNotNegative.class, correction(root, TOKENS, "1", line.id()));
    }

    @Test
    void nameTheirLineOnARunOfTheLaterForm() {
      var strict =
          Run.tracked(
              root(5).path(),
              ACME.id(),
              RunSpace.DEFAULT,
              new RunName("strict"),
              SEARCH,
              new RunLabels("app", null, null),
              null,
              NOON);
      add(strict);
      var line = book(cost(strict, TOKENS, "3")).getFirst();

      assertRefused(0, CostRejected.CorrectionNamesNoLine.class, cost(strict, TOKENS, "-1"));
      book(correction(strict, TOKENS, "-1", line.id()));
      book(cost(root, TOKENS, "-1"));

      assertThat(rollup(strict).totalCost()).isEqualTo(money("1"));
      assertThat(rollup(root).ownCost()).isEqualTo(money("-0.5"));
    }
  }

  @Nested
  final class EachForItself {

    @Test
    void areBookedWhereTheyCanBeBooked() {
      var receipt = new RecordedReceipt<List<ItemResult<CostLine>>>(world.transactions());
      var costs =
          List.of(
              cost(root, TOKENS, "1"),
              cost(root, UNKNOWN, "1"),
              cost(root(77), TOKENS, "1"),
              cost(child, SEARCHES, "1"));

      var results = addCosts().addEach(PLATFORM, costs, receipt);

      assertThat(results)
          .extracting(AddCostsTest::codeOf)
          .containsExactly("booked", "cost.unknown", "run.not_found", "booked");
      assertThat(receipt.recorded()).containsExactly(results);
      assertThat(rollup(root).totalCost()).isEqualTo(money("2.5"));
      assertThat(toldTypes()).hasSize(2);
    }

    @Test
    void areAllRefusedWhenNoneOfTheRunsIsThere() {
      var results =
          addCosts()
              .addEach(
                  PLATFORM,
                  List.of(cost(root(77), TOKENS, "1"), cost(root(78), TOKENS, "1")),
                  Receipt.none());

      assertThat(results)
          .extracting(AddCostsTest::codeOf)
          .containsExactly("run.not_found", "run.not_found");
    }

    @Test
    void areAllRefusedWhenNoPriceIsToBeHad() {
      prices.breakDown();

      assertThatExceptionOfType(CostRejected.PricesUnavailable.class)
          .isThrownBy(
              () -> addCosts().addEach(PLATFORM, List.of(cost(root, TOKENS, "1")), Receipt.none()));
    }
  }

  @Test
  void takesThePriceThatIsListedNow() {
    var list = world.priceList();
    var set = new SetPrice(list, auditor(), world.transactions(), ids, clock);
    set.set(PLATFORM, TOKENS, price("7"), Optional.empty());
    set.set(PLATFORM, TOKENS, price("9"), Optional.of(NOON.plusSeconds(60)));
    UnitPrices listed = new ListedUnitPrices(list, clock);

    assertThat(listed.of(Set.of(TOKENS, UNKNOWN))).isEqualTo(Map.of(TOKENS, rounded("7")));
    clock.set(NOON.plusSeconds(60));
    assertThat(listed.of(Set.of(TOKENS))).isEqualTo(Map.of(TOKENS, rounded("9")));
  }

  private List<CostLine> book(NewCost... costs) {
    return book(List.of(costs));
  }

  private List<CostLine> book(List<NewCost> costs) {
    return addCosts().addAll(PLATFORM, costs, Receipt.none());
  }

  private void assertRefused(int index, Class<? extends Rejection> rejection, NewCost... costs) {
    assertRefused(PLATFORM, index, rejection, costs);
  }

  private void assertRefused(
      Caller caller, int index, Class<? extends Rejection> rejection, NewCost... costs) {
    assertThatExceptionOfType(ItemRejected.class)
        .isThrownBy(() -> addCosts().addAll(caller, List.of(costs), Receipt.none()))
        .satisfies(refused -> {
          assertThat(refused.index()).isEqualTo(index);
          assertThat(refused.rejection()).isInstanceOf(rejection);
        });
  }

  private List<CostLine> linesOf(Run run) {
    return world.costLines().of(run.id(), Optional.empty(), 100);
  }

  private static String codeOf(ItemResult<CostLine> result) {
    return switch (result) {
      case ItemResult.Done<CostLine> _ -> "booked";
      case ItemResult.Refused<CostLine>(var rejection) -> rejection.code();
    };
  }

  private static NewCost cost(Run run, CostName name, String quantity) {
    return new NewCost(run.id(), name, quantity(quantity), Optional.empty());
  }

  private static NewCost correction(Run run, CostName name, String quantity, CostLineId of) {
    return new NewCost(run.id(), name, quantity(quantity), Optional.of(of));
  }

  private static UnitPrice rounded(String cents) {
    return price(cents).rounded();
  }

  private static Money money(String cents) {
    return new Money(new BigDecimal(cents));
  }
}
