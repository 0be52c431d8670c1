package dev.runs.application.tree;

import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.line;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.runs.application.Cursor;
import dev.runs.application.RequestRejected;
import dev.runs.application.UseCaseTest;
import dev.runs.application.cost.ListCosts;
import dev.runs.application.tree.ShowRun.Descendant;
import dev.runs.application.tree.ShowRun.Node;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.Money;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Showing a run, its lines and its tree. */
final class ShowRunTest extends UseCaseTest {

  private final Run root = root(1);
  private final Run child = child(root, 2);
  private final Run grandchild = child(child, 3);

  private final ShowRun showRun =
      new ShowRun(
          world.runs(),
          world.runTree(),
          world.jobs(),
          describeRuns(),
          world.costLines(),
          world.ledger(),
          world.transactions());

  @BeforeEach
  void plant() {
    plant(List.of(root, child, grandchild));
    book(root, 1, 2, "1");
    book(grandchild, 10, 1, "5");
  }

  @Test
  void showsARunWithItsLinesItsTotalsAndTheRunsBelow() {
    var view = showRun.show(PLATFORM, root.id());

    assertThat(view.run()).isEqualTo(root);
    assertThat(view.rollup().ownCost()).isEqualTo(money("2"));
    assertThat(view.rollup().totalCost()).isEqualTo(money("7"));
    assertThat(view.lines().items()).hasSize(2);
    assertThat(view.lines().next()).isEmpty();
    assertThat(view.descendants().items())
        .extracting(Descendant::run, Descendant::ownCost, each -> each.lines().size())
        .containsExactly(tuple(child, Money.ZERO, 0), tuple(grandchild, money("5"), 1));
    assertThat(view.descendants().next()).isEmpty();
  }

  @Test
  void showsALeafAsOne() {
    var view = showRun.show(PLATFORM, grandchild.id());

    assertThat(view.descendants().items()).isEmpty();
    assertThat(view.rollup().childrenCost()).isEqualTo(Money.ZERO);
  }

  @Test
  void findsNoRunBeyondTheCallersReach() {
    assertThatExceptionOfType(RunRejected.NotFound.class)
        .isThrownBy(() -> showRun.show(OF_GLOBEX, root.id()));
    assertThatExceptionOfType(RunRejected.NotFound.class)
        .isThrownBy(() -> showRun.tree(OF_GLOBEX, root.id(), Optional.empty(), 1, 10));
    assertThatExceptionOfType(RunRejected.NotFound.class)
        .isThrownBy(() -> listCosts().list(OF_GLOBEX, root.id(), Optional.empty(), 10));
  }

  @Test
  void showsTheFirstHundredOfManyRunsBelowAndTheWholeTotal() {
    var many = new ArrayList<Run>();
    for (var i = 0; i < 150; i++) {
      many.add(child(root, 100 + i));
    }
    plant(many);

    var view = showRun.show(PLATFORM, root.id());

    assertThat(view.descendants().items()).hasSize(100);
    assertThat(view.rollup().descendantCount()).isEqualTo(152);
    var rest = showRun.tree(PLATFORM, root.id(), view.descendants().next(), 64, 200);
    assertThat(rest.nodes().items()).hasSize(52);
    assertThat(rest.nodes().items().getLast().run()).isEqualTo(grandchild);
  }

  @Test
  void showsTheFirstHundredLinesOfARunBelowAndItsWholeCost() {
    book(child, 100, 100, "1");
    assertThat(descendant(child).hasMoreLines()).isFalse();

    book(child, 300, 1, "1");

    assertThat(descendant(child).lines()).hasSize(100);
    assertThat(descendant(child).hasMoreLines()).isTrue();
    assertThat(descendant(child).ownCost()).isEqualTo(money("101"));
  }

  @Test
  void showsTheFirstThousandOfItsOwnLinesAndTheOthersInPages() {
    book(child, 1_000, 1_003, "1");

    var lines = showRun.show(PLATFORM, child.id()).lines();
    assertThat(lines.items()).hasSize(1_000);

    var rest = listCosts().list(PLATFORM, child.id(), lines.next(), 1_000);
    assertThat(rest.items()).hasSize(3).doesNotContainAnyElementsOf(lines.items());
    assertThat(rest.next()).isEmpty();
  }

  @Test
  void showsATreeInPagesWithTheTotalsOfEveryNode() {
    var first = showRun.tree(PLATFORM, root.id(), Optional.empty(), 64, 1);
    var second = showRun.tree(PLATFORM, root.id(), first.nodes().next(), 64, 1);

    assertThat(first.root()).isEqualTo(new Node(root, describeRuns().of(root), rollup(root)));
    assertThat(first.nodes().items())
        .containsExactly(new Node(child, describeRuns().of(child), rollup(child)));
    assertThat(second.nodes().items())
        .containsExactly(new Node(grandchild, describeRuns().of(grandchild), rollup(grandchild)));
    assertThat(second.nodes().next()).isEmpty();
    assertThat(rollup(child).totalCost()).isEqualTo(money("5"));
  }

  @Test
  void showsAsManyLevelsOfATreeAsAreAskedFor() {
    assertThat(showRun.tree(PLATFORM, root.id(), Optional.empty(), 1, 10).nodes().items())
        .extracting(Node::run)
        .containsExactly(child);
  }

  @Test
  void refusesACursorOfAnotherTree() {
    plant(List.of(root(7), child(root(7), 8)));

    assertBadCursor(cursor(child(root(7), 8).path()));
    assertBadCursor(cursor(root.path()));
    assertBadCursor(Cursor.of("short"));
    assertBadCursor(Cursor.of(""));
    assertBadCursor(Cursor.of(new byte[65 * 16]));
    assertBadCursor("?");
  }

  @Test
  void refusesACursorOfLinesThatIsNone() {
    assertThatExceptionOfType(RequestRejected.BadCursor.class)
        .isThrownBy(
            () -> listCosts().list(PLATFORM, root.id(), Optional.of(Cursor.of("no line")), 10));
  }

  private void assertBadCursor(String cursor) {
    assertThatExceptionOfType(RequestRejected.BadCursor.class)
        .isThrownBy(() -> showRun.tree(PLATFORM, root.id(), Optional.of(cursor), 64, 10));
  }

  private static String cursor(RunPath path) {
    return Cursor.of(path.toBytes());
  }

  private Descendant descendant(Run run) {
    return showRun.show(PLATFORM, root.id()).descendants().items().stream()
        .filter(each -> each.run().equals(run))
        .findFirst()
        .orElseThrow();
  }

  private ListCosts listCosts() {
    return new ListCosts(world.runs(), world.costLines(), world.transactions());
  }

  private void plant(List<Run> runs) {
    world.write(() -> {
      world.runs().addAll(runs);
      runs.forEach(run -> world.ledger().add(Delta.ofCreated(run)));
    });
  }

  private void book(Run run, int first, int lines, String price) {
    world.write(() -> {
      for (var i = 0; i < lines; i++) {
        CostLine line = line(first + i, run, TOKENS, "1", price);
        world.costLines().addAll(List.of(line));
        world.ledger().add(Delta.ofLine(run.path(), line));
      }
    });
  }

  private static Money money(String cents) {
    return new Money(new BigDecimal(cents));
  }
}
