package dev.runs.application.cost;

import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.SEARCHES;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.line;
import static dev.runs.domain.run.RunFixtures.lineId;
import static dev.runs.domain.run.RunFixtures.quantity;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.StoresContract;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunRejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every store of cost lines promises. */
public abstract class CostLinesContract extends StoresContract {

  private final Run root = root(1);

  @ParameterizedTest
  @CsvSource({
    "523633,                   0.9703944519",
    "0,                        0",
    "-0.000001,                0.0000000001",
    "0.1,                      0.2",
    "99999999999999.999999,    0.0099999999",
    "-99999999999999.999999,   0.0099999999",
    "1000000,                  999999.9999999",
    "0.3333333333333333333333, 0.6666666666666666666",
    "1e3,                      12e2"
  })
  void givesBackALineToTheLastDecimal(String quantity, String price) {
    add(root);
    var line = line(1, root, TOKENS, quantity, price);

    book(root, line);

    assertThat(of(root)).containsExactly(line);
  }

  @Test
  void givesBackWhatALineCorrects() {
    add(root);
    var line = line(1, root, new CostName("a'b\"c %é𝄞"), "3", "0.5");
    var correction = CostLine.correction(lineId(2), root, line.name(), quantity("-1"), line, NOON);

    book(root, line, correction);

    assertThat(of(root)).containsExactly(line, correction);
    assertThat(of(root).getLast().corrects()).isEqualTo(line.id());
  }

  @Test
  void findsThoseOfManyThatExist() {
    add(root);
    var line = line(1, root, TOKENS, "1", "1");
    book(root, line, line(2, root, TOKENS, "1", "1"));

    assertThat(stores().costLines().findAll(List.of(lineId(1), lineId(3))))
        .hasSize(1)
        .containsEntry(lineId(1), line);
    assertThat(stores().costLines().findAll(List.of())).isEmpty();
  }

  @Test
  void listsTheLinesOfARunInTheOrderTheyWereWritten() {
    add(root, child(root, 2));
    book(root, line(3, root, TOKENS, "1", "1"), line(5, root, SEARCHES, "1", "1"));
    book(child(root, 2), line(4, child(root, 2), TOKENS, "1", "1"));
    book(root, line(6, root, TOKENS, "1", "1"));

    assertThat(of(root)).extracting(CostLine::id).containsExactly(lineId(3), lineId(5), lineId(6));
    assertThat(stores().costLines().of(runId(99), Optional.empty(), 10)).isEmpty();
  }

  @Test
  void showsEveryLineOnceInPagesOfAnySize() {
    add(root);
    var lines = new ArrayList<CostLine>();
    for (var i = 1; i <= 11; i++) {
      lines.add(line(i, root, TOKENS, "1", "1"));
    }
    book(root, lines.toArray(CostLine[]::new));

    for (var size = 1; size <= 12; size++) {
      var seen = new ArrayList<CostLine>();
      for (var page = stores().costLines().of(root.id(), Optional.empty(), size);
          !page.isEmpty();
          page = stores().costLines().of(root.id(), Optional.of(seen.getLast().id()), size)) {
        assertThat(page).hasSizeLessThanOrEqualTo(size);
        seen.addAll(page);
      }
      assertThat(seen).containsExactlyElementsOf(lines);
    }
  }

  @Test
  void givesTheFirstLinesOfEachOfManyRuns() {
    var one = child(root, 2);
    var two = child(root, 3);
    var none = child(root, 4);
    add(root, one, two, none);
    book(one, line(1, one, TOKENS, "1", "1"), line(4, one, TOKENS, "1", "1"));
    book(two, line(2, two, TOKENS, "1", "1"), line(5, two, TOKENS, "1", "1"));
    book(two, line(3, two, TOKENS, "1", "1"));
    book(root, line(6, root, TOKENS, "1", "1"));

    var first = stores().costLines().firstOf(List.of(one.id(), two.id(), none.id()), 2);

    assertThat(first).containsOnlyKeys(one.id(), two.id());
    assertThat(first.get(one.id())).extracting(CostLine::id).containsExactly(lineId(1), lineId(4));
    assertThat(first.get(two.id())).extracting(CostLine::id).containsExactly(lineId(2), lineId(3));
    assertThat(stores().costLines().firstOf(List.of(), 2)).isEmpty();
  }

  @Test
  void refusesALineOfARunThatIsGone() {
    add(root);

    assertThatExceptionOfType(RunRejected.NotFound.class)
        .isThrownBy(() ->
            stores()
                .write(() ->
                    stores()
                        .costLines()
                        .addAll(
                            List.of(
                                line(1, root, TOKENS, "1", "1"),
                                line(2, root(2), TOKENS, "1", "1")))));

    assertThat(of(root)).isEmpty();
  }

  @Test
  void addsAThousandLinesAtOnce() {
    add(root);
    var lines = new ArrayList<CostLine>();
    for (var i = 1; i <= 1_000; i++) {
      lines.add(line(i, root, TOKENS, "1", "0.1"));
    }

    book(root, lines.toArray(CostLine[]::new));

    assertThat(stores().costLines().of(root.id(), Optional.empty(), 2_000))
        .containsExactlyElementsOf(lines);
    assertThat(stores().ledger().of(root.path()).ownCost()).hasToString("100.0000000000");
  }

  private List<CostLine> of(Run run) {
    return stores().costLines().of(run.id(), Optional.empty(), 100);
  }
}
