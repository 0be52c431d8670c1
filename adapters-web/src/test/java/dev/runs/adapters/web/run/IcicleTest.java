package dev.runs.adapters.web.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.runs.adapters.web.run.Icicle.Slice;
import dev.runs.application.tree.ShowBranches.Branch;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.cost.Money;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunSpace;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class IcicleTest {

  @Test
  void makesEachSliceAsWideAsItsPartOfTheWhole() {
    var dear = leaf("dear", "50");
    var icicle =
        Icicle.of(new Branch(run("root"), money("20"), money("100"), List.of(dear), money("30")));

    assertThat(icicle.slices())
        .extracting(Slice::name, Slice::x, Slice::width, Slice::y, Slice::kind)
        .containsExactly(
            tuple("root", "0.0000%", "100.0000%", 0, "total"),
            tuple("dear", "0.0000%", "50.0000%", 28, "total"),
            tuple("others", "50.0000%", "30.0000%", 28, "rest"),
            tuple("itself", "80.0000%", "20.0000%", 28, "own"));
    assertThat(icicle.height()).isEqualTo(56);
  }

  @Test
  void leavesOutWhatWasTakenBackAndWhatIsTooNarrow() {
    var icicle =
        Icicle.of(
            new Branch(
                run("root"),
                money("0.01"),
                money("50.01"),
                List.of(leaf("dear", "100")),
                money("-50")));

    assertThat(icicle.slices()).extracting(Slice::name).containsExactly("root", "dear");
  }

  @Test
  void drawsARunWithoutCosts() {
    assertThat(Icicle.of(leaf("root", "0")).slices()).hasSize(1);
  }

  private static Branch leaf(String name, String total) {
    return new Branch(run(name), money(total), money(total), List.of(), Money.ZERO);
  }

  private static Run run(String name) {
    return Run.tracked(
        RunPath.ofRoot(new RunId(new UUID(0, 2))),
        new OrganizationId(new UUID(0, 1)),
        RunSpace.DEFAULT,
        new RunName(name),
        new RunOrigin("demo", "greet"),
        RunLabels.NONE,
        null,
        Instant.EPOCH);
  }

  private static Money money(String cents) {
    return new Money(new BigDecimal(cents));
  }
}
