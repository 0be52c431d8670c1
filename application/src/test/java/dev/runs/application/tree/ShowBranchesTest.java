package dev.runs.application.tree;

import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.line;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.UseCaseTest;
import dev.runs.application.tree.ShowBranches.Branch;
import dev.runs.domain.cost.Money;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunRejected;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Showing where below a run the costs lie. */
final class ShowBranchesTest extends UseCaseTest {

  private final Run root = root(1);

  private final ShowBranches showBranches =
      new ShowBranches(world.runs(), world.runTree(), world.ledger(), world.transactions());

  private long lines = 10_000;

  @Test
  void showsTheCostliestChildrenFirstWithAllThatLiesBelowThem() {
    var cheap = child(root, 2);
    var dear = child(root, 3);
    var deep = child(dear, 4);
    var free = child(root, 5);
    plant(root, cheap, dear, deep, free);
    book(root, "1");
    book(cheap, "2");
    book(dear, "3");
    book(deep, "4");

    var shown = showBranches.show(OF_ACME, root.id());

    assertThat(shown.own()).isEqualTo(money("1"));
    assertThat(shown.total()).isEqualTo(money("10"));
    assertThat(shown.rest()).isEqualTo(Money.ZERO);
    assertThat(shown.children()).extracting(Branch::run).containsExactly(dear, cheap);
    assertThat(shown.children().getFirst().total()).isEqualTo(money("7"));
    assertThat(shown.children().getFirst().children())
        .extracting(Branch::run)
        .containsExactly(deep);
    assertAddsUp(shown);
  }

  @Test
  void putsWhatIsNotShownIntoTheRest() {
    plant(root);
    for (var number = 2; number <= 31; number++) {
      var child = child(root, number);
      plant(child);
      book(child, Integer.toString(number));
    }

    var shown = showBranches.show(OF_ACME, root.id());

    assertThat(shown.children()).hasSize(12);
    assertThat(shown.children().getFirst().total()).isEqualTo(money("31"));
    assertThat(shown.children().getLast().total()).isEqualTo(money("20"));
    assertThat(shown.rest()).isEqualTo(money("189"));
    assertAddsUp(shown);
  }

  @Test
  void opensNoRunBelowTheThirdLevelAndNoneThatCostsNextToNothing() {
    var one = child(root, 2);
    var two = child(one, 3);
    var three = child(two, 4);
    var four = child(three, 5);
    var tiny = child(root, 6);
    var tinier = child(tiny, 7);
    plant(root, one, two, three, four, tiny, tinier);
    book(four, "100");
    book(tinier, "0.5");

    var shown = showBranches.show(OF_ACME, root.id());

    var deepest = shown.children().getFirst().children().getFirst().children().getFirst();
    assertThat(deepest.run()).isEqualTo(three);
    assertThat(deepest.children()).isEmpty();
    assertThat(deepest.rest()).isEqualTo(money("100"));
    assertThat(shown.children().getLast().run()).isEqualTo(tiny);
    assertThat(shown.children().getLast().children()).isEmpty();
    assertThat(shown.children().getLast().rest()).isEqualTo(money("0.5"));
    assertAddsUp(shown);
  }

  @Test
  void putsWhatWasTakenBackIntoTheRest() {
    var refunded = child(root, 2);
    var dear = child(root, 3);
    plant(root, refunded, dear);
    book(refunded, "-2");
    book(dear, "5");

    var shown = showBranches.show(OF_ACME, root.id());

    assertThat(shown.children()).extracting(Branch::run).containsExactly(dear);
    assertThat(shown.rest()).isEqualTo(money("-2"));
    assertAddsUp(shown);
  }

  @Test
  void findsNoRunBeyondTheCallersReach() {
    plant(root);

    assertThatExceptionOfType(RunRejected.NotFound.class)
        .isThrownBy(() -> showBranches.show(OF_GLOBEX, root.id()));
  }

  private static void assertAddsUp(Branch branch) {
    var parts =
        Stream.concat(
                Stream.of(branch.own(), branch.rest()),
                branch.children().stream().map(Branch::total))
            .reduce(Money.ZERO, Money::plus);
    assertThat(parts).isEqualTo(branch.total());
    branch.children().forEach(ShowBranchesTest::assertAddsUp);
  }

  private void plant(Run... runs) {
    world.write(() -> {
      for (var run : runs) {
        world.runs().addAll(List.of(run));
        world.ledger().add(Delta.ofCreated(run));
      }
    });
  }

  private void book(Run run, String cents) {
    world.write(() -> {
      var line = line(lines++, run, TOKENS, cents, "1");
      world.costLines().addAll(List.of(line));
      world.ledger().add(Delta.ofLine(run.path(), line));
    });
  }

  private static Money money(String cents) {
    return new Money(new BigDecimal(cents));
  }
}
