package dev.runs.application.rollup;

import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.SEARCHES;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.ended;
import static dev.runs.domain.run.RunFixtures.line;
import static dev.runs.domain.run.RunFixtures.quantity;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Money;
import dev.runs.domain.rollup.CostTotal;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.rollup.Measure;
import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.StateName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every ledger promises. */
public abstract class LedgerContract extends StoresContract {

  private static final CostName QUOTED = new CostName("a/b 'c' \"d\" %_ é𝄞");

  /**
   * <pre>
   * root ─┬─ left ── deep
   *       └─ right
   * </pre>
   */
  private final Run root = root(1);

  private final Run left = child(root, 2);
  private final Run right = child(root, 3);
  private final Run deep = child(left, 4);

  @Test
  void hasNothingOfARunWithoutCostsAndRunsBelow() {
    add(root);

    assertThat(rollup(root)).isEqualTo(Rollup.EMPTY);
    assertThat(rollup(root).totalCost()).isEqualTo(Money.ZERO);
    assertThat(rollup(left)).isEqualTo(Rollup.EMPTY);
  }

  @Test
  void countsALineAtItsRunAndAtEveryRunAbove() {
    add(root, left, right, deep);

    book(left, line(1, left, TOKENS, "2.5", "0.2"));

    var own = money("0.5");
    var used = new BigDecimal("2.500000");
    assertThat(rollup(left).costs()).containsExactly(new CostTotal(TOKENS, own, own, used, used));
    assertThat(rollup(root).costs())
        .containsExactly(new CostTotal(TOKENS, Money.ZERO, own, BigDecimal.ZERO, used));
    assertThat(rollup(deep).costs()).isEmpty();
    assertThat(rollup(right).costs()).isEmpty();
  }

  @Test
  void keepsNamesApartInTheOrderOfTheNames() {
    add(root, left);

    book(left, line(1, left, TOKENS, "1", "3"), line(2, left, QUOTED, "2", "5"));
    book(root, line(3, root, QUOTED, "1", "7"), line(4, root, new CostName("Zeta"), "1", "1"));

    assertBeforeAndAfterFolding(() -> {
      assertThat(rollup(root).costs())
          .extracting(total -> total.name().value())
          .containsExactly("Zeta", QUOTED.value(), TOKENS.value());
      var quoted = rollup(root).costs().get(1);
      assertThat(quoted.own()).isEqualTo(money("7"));
      assertThat(quoted.children()).isEqualTo(money("10"));
      assertThat(quoted.total()).isEqualTo(money("17"));
      assertThat(quoted.ownQuantity()).isEqualByComparingTo("1");
      assertThat(quoted.childrenQuantity()).isEqualByComparingTo("2");
      assertThat(rollup(root).totalCost()).isEqualTo(money("21"));
      assertThat(rollup(root).childrenCost()).isEqualTo(money("13"));
    });
  }

  @Test
  void countsTheRunsBelowByTheirStatesAtEveryNode() {
    add(root, left, right, deep);

    save(left, ended(left, StateName.FAILED));
    save(deep, ended(deep, StateName.SUCCEEDED));

    assertBeforeAndAfterFolding(() -> {
      assertThat(rollup(root).descendants())
          .isEqualTo(Map.of(StateName.FAILED, 1L, StateName.SUCCEEDED, 1L, StateName.RUNNING, 1L));
      assertThat(rollup(left).descendants()).isEqualTo(Map.of(StateName.SUCCEEDED, 1L));
      assertThat(rollup(right).descendants()).isEmpty();
      assertThat(rollup(deep).descendants()).isEmpty();
    });
  }

  @Test
  void followsARunThatMovesAgain() {
    add(root, left);
    var paused = save(left, ended(left, StateName.PAUSED));
    foldAll(1);

    save(paused, ended(paused, StateName.CANCELED));

    assertBeforeAndAfterFolding(
        () -> assertThat(rollup(root).descendants()).isEqualTo(Map.of(StateName.CANCELED, 1L)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1_000})
  void readsTheSameWhateverIsFolded(int most) {
    add(root, left, right, deep);
    book(root, line(1, root, TOKENS, "3", "1"));
    book(left, line(2, left, TOKENS, "5", "0.1"), line(3, left, SEARCHES, "1", "0.0000000001"));
    book(deep, line(4, deep, TOKENS, "-7.5", "2"));
    save(deep, ended(deep, StateName.SUCCEEDED));
    var before = allRollups();

    while (stores().transactions().inTransaction(() -> stores().ledger().fold(most)) > 0) {
      assertThat(allRollups()).isEqualTo(before);
    }

    assertThat(allRollups()).isEqualTo(before);
    assertThat(stores().ledgerAudit().pending(10)).isZero();
  }

  @Test
  void foldsAsManyAsItIsToldAndSaysHowMany() {
    add(root);
    book(root, line(1, root, TOKENS, "1", "1"), line(2, root, SEARCHES, "1", "1"));
    assertThat(stores().ledgerAudit().pending(100)).isEqualTo(4);

    assertThat(fold(3)).isEqualTo(3);
    assertThat(stores().ledgerAudit().pending(100)).isEqualTo(1);
    assertThat(fold(3)).isEqualTo(1);
    assertThat(fold(3)).isZero();
  }

  @Test
  void addsWhatIsWrittenAfterFoldingToWhatWasFolded() {
    add(root, left);
    book(left, line(1, left, TOKENS, "1", "0.9999999999"));
    foldAll(100);

    book(left, line(2, left, TOKENS, "1", "0.0000000001"));

    assertBeforeAndAfterFolding(() -> {
      assertThat(rollup(root).totalCost()).isEqualTo(money("1"));
      assertThat(rollup(left).ownCost()).isEqualTo(money("1"));
    });
  }

  /** 2⁶³ of the smallest unit, 10⁻¹⁰ cents, are some 9.2 · 10⁸ cents. */
  @Test
  void sumsBeyondWhatALongHolds() {
    add(root, left);
    var most = "999999999999.9999999999";
    for (var batch = 0; batch < 4; batch++) {
      var deltas = new ArrayList<Delta>();
      for (var i = 0; i < 250; i++) {
        deltas.add(cost(left, TOKENS, most));
        deltas.add(used(left, TOKENS, "99999999999999.999999"));
      }
      stores().write(() -> stores().ledger().add(deltas));
      if (batch % 2 == 0) {
        foldAll(400);
      }
    }

    assertBeforeAndAfterFolding(() -> {
      assertThat(rollup(root).totalCost()).isEqualTo(money("999999999999999.9999999"));
      assertThat(rollup(left).costs().getFirst().totalQuantity())
          .isEqualByComparingTo("99999999999999999.999");
    });
  }

  @Test
  void sumsBelowZeroAndBackToNothing() {
    add(root, left);
    book(left, line(1, left, TOKENS, "-3", "0.3333333333"));
    assertBeforeAndAfterFolding(
        () -> assertThat(rollup(root).totalCost()).isEqualTo(money("-0.9999999999")));

    book(left, line(2, left, TOKENS, "3", "0.3333333333"));

    assertBeforeAndAfterFolding(() -> assertThat(rollup(root).costs()).isEmpty());
  }

  @Test
  void sumsSignedAmountsOfEverySize() {
    add(root, left);
    var amounts =
        List.of("0.0000000001", "-0.0000000001", "-0.9999999999", "1", "-999999999999", "0.1");
    var sum = BigDecimal.ZERO;

    for (var amount : amounts) {
      stores().write(() -> stores().ledger().add(List.of(cost(left, TOKENS, amount))));
      sum = sum.add(new BigDecimal(amount));
      var expected = new Money(sum);
      assertBeforeAndAfterFolding(() -> {
        assertThat(rollup(root).totalCost()).isEqualTo(expected);
        assertThat(rollup(left).ownCost()).isEqualTo(expected);
      });
    }
  }

  @Test
  void givesTheSumsOfManyRunsAtOnce() {
    add(root, left, right, deep);
    book(left, line(1, left, TOKENS, "1", "1"));
    book(deep, line(2, deep, TOKENS, "1", "2"));
    fold(1);
    book(right, line(3, right, TOKENS, "1", "4"));

    assertBeforeAndAfterFolding(() -> {
      var all = stores().ledger().ofAll(List.of(root.path(), left.path(), deep.path()));
      assertThat(all.getOrDefault(root.id(), Rollup.EMPTY)).isEqualTo(rollup(root));
      assertThat(all.getOrDefault(left.id(), Rollup.EMPTY)).isEqualTo(rollup(left));
      assertThat(all.getOrDefault(deep.id(), Rollup.EMPTY)).isEqualTo(rollup(deep));
      assertThat(all).doesNotContainKey(right.id());
    });
    assertThat(stores().ledger().ofAll(List.of())).isEmpty();
  }

  @Test
  void givesTheSumsOfTwoHundredRunsAtOnce() {
    var runs = new ArrayList<>(List.of(root));
    for (var i = 0; i < 200; i++) {
      runs.add(child(runs.get(i / 2), 100 + i));
    }
    addAll(runs);
    for (var i = 0; i < runs.size(); i += 3) {
      book(runs.get(i), line(1_000 + i, runs.get(i), TOKENS, "1", "0.1"));
    }

    assertBeforeAndAfterFolding(() -> {
      var all = stores().ledger().ofAll(runs.stream().map(Run::path).toList());
      runs.forEach(
          run -> assertThat(all.getOrDefault(run.id(), Rollup.EMPTY)).isEqualTo(rollup(run)));
    });
  }

  @Test
  void givesWhatRunsCostByThemselves() {
    add(root, left, right, deep);
    book(root, line(1, root, TOKENS, "1", "1"), line(2, root, SEARCHES, "1", "2"));
    book(deep, line(3, deep, TOKENS, "1", "4"));

    var all = List.of(root.path(), left.path(), right.path(), deep.path());

    assertBeforeAndAfterFolding(() ->
        assertThat(stores().ledger().ownCosts(all))
            .isEqualTo(Map.of(root.id(), money("3"), deep.id(), money("4"))));
    assertThat(stores().ledger().ownCosts(List.of())).isEmpty();
  }

  @Test
  void tellsARunThatCostsNothingFromOneWithoutALine() {
    add(root, left, right);
    book(left, line(1, left, TOKENS, "0", "1"));
    book(right, line(2, right, TOKENS, "2", "1"), line(3, right, TOKENS, "-2", "1"));

    var all = List.of(root.path(), left.path(), right.path());

    assertBeforeAndAfterFolding(() ->
        assertThat(stores().ledger().ownCosts(all))
            .isEqualTo(Map.of(left.id(), Money.ZERO, right.id(), Money.ZERO)));
  }

  @Test
  void forgetsWhatATransactionTookBack() {
    add(root);

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() ->
            stores()
                .write(() -> {
                  book(root, line(1, root, TOKENS, "1", "1"));
                  throw new IllegalArgumentException();
                }));

    assertThat(rollup(root)).isEqualTo(Rollup.EMPTY);
    assertThat(stores().ledgerAudit().pending(10)).isZero();
  }

  @Test
  void foldsWhatIsWrittenOfRunsThatAreGone() {
    add(root, left);
    var gone = left.path().child(runId(99));

    stores()
        .write(() ->
            stores()
                .ledger()
                .add(List.of(new Delta(gone, true, new Measure.Cost(TOKENS), BigDecimal.TEN))));

    assertBeforeAndAfterFolding(() -> {
      assertThat(rollup(root).totalCost()).isEqualTo(money("10"));
      assertThat(rollup(left).totalCost()).isEqualTo(money("10"));
      assertThat(rollup(left).ownCost()).isEqualTo(Money.ZERO);
    });
  }

  @Test
  void foldsAtTheDeepestRunThereMayBe() {
    var chain = new ArrayList<>(List.of(root(100)));
    while (chain.size() < RunPath.DEEPEST) {
      chain.add(child(chain.getLast(), 100 + chain.size()));
    }
    addAll(chain);
    book(chain.getLast(), line(1, chain.getLast(), TOKENS, "1", "0.5"));

    assertBeforeAndAfterFolding(() -> {
      for (var i = 0; i < chain.size(); i++) {
        assertThat(rollup(chain.get(i)).totalCost()).isEqualTo(money("0.5"));
        assertThat(rollup(chain.get(i)).descendantCount()).isEqualTo(RunPath.DEEPEST - 1L - i);
      }
    });
  }

  /**
   * Every transaction books a line and, at another run under another name, its opposite; so every
   * exact read sees as much of the one as of the other. What was acknowledged before a read is in
   * it, and nothing that was not yet begun after it.
   */
  @Test
  void isExactAtEveryReadWhileOthersWriteAndFold() {
    var writers = 4;
    var each = 40;
    add(root, left, right, deep);
    var begun = new AtomicInteger();
    var acknowledged = new AtomicInteger();
    var busy = new AtomicInteger(writers);
    var works = new ArrayList<Callable<Integer>>();
    for (var writer = 0; writer < writers; writer++) {
      var first = 1_000L * (writer + 1);
      works.add(() -> {
        try {
          for (var i = 0; i < each; i++) {
            begun.incrementAndGet();
            book(deep, right, first + 2L * i);
            acknowledged.incrementAndGet();
          }
        } finally {
          busy.decrementAndGet();
        }
        return each;
      });
    }
    for (var folder = 0; folder < 2; folder++) {
      works.add(() -> {
        var folded = 0;
        while (busy.get() > 0) {
          folded += fold(17);
        }
        return folded;
      });
    }
    for (var reader = 0; reader < 2; reader++) {
      works.add(() -> {
        var reads = 0;
        while (busy.get() > 0) {
          var least = acknowledged.get();
          var seen = rollup(root);
          assertIsExact(seen, least, begun.get());
          reads++;
        }
        return reads;
      });
    }

    AtOnce.all(works);

    assertBeforeAndAfterFolding(() -> {
      assertIsExact(rollup(root), writers * each, writers * each);
      assertThat(rollup(deep).ownCost()).isEqualTo(money("48"));
    });
  }

  private void book(Run plus, Run minus, long number) {
    stores()
        .write(() -> {
          book(plus, line(number, plus, TOKENS, "3", "0.1"));
          book(minus, opposite(line(number + 1, minus, SEARCHES, "3", "0.1")));
        });
  }

  private static CostLine opposite(CostLine line) {
    return new CostLine(
        line.id(),
        line.run(),
        line.name(),
        quantity(line.quantity().value().negate().toPlainString()),
        line.unitPrice(),
        Money.ZERO.minus(line.total()),
        null,
        NOON);
  }

  private static void assertIsExact(Rollup seen, int least, int most) {
    assertThat(seen.totalCost()).isEqualTo(Money.ZERO);
    var times =
        seen.costs().stream()
            .filter(total -> total.name().equals(TOKENS))
            .map(total -> total.total().cents().divide(new BigDecimal("0.3")))
            .findFirst()
            .orElse(BigDecimal.ZERO);
    assertThat(times.intValueExact()).isBetween(least, most);
  }

  /** Whatever waits to be folded makes no difference. */
  private void assertBeforeAndAfterFolding(Runnable assertion) {
    assertion.run();
    fold(1);
    assertion.run();
    foldAll(1_000);
    assertion.run();
  }

  private int fold(int most) {
    return stores().transactions().inTransaction(() -> stores().ledger().fold(most));
  }

  private List<Rollup> allRollups() {
    return List.of(rollup(root), rollup(left), rollup(right), rollup(deep));
  }

  private Rollup rollup(Run run) {
    return stores().ledger().of(run.path());
  }

  private static Delta cost(Run run, CostName name, String amount) {
    return new Delta(run.path(), true, new Measure.Cost(name), new BigDecimal(amount));
  }

  private static Delta used(Run run, CostName name, String amount) {
    return new Delta(run.path(), true, new Measure.Used(name), new BigDecimal(amount));
  }

  private static Money money(String cents) {
    return new Money(new BigDecimal(cents));
  }
}
