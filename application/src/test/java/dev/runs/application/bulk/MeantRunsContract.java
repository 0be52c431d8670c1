package dev.runs.application.bulk;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.rootOf;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.StoresContract;
import dev.runs.application.run.RunFilter;
import dev.runs.application.run.RunList.Stretch;
import dev.runs.domain.access.Reach;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What everything that counts runs promises. */
public abstract class MeantRunsContract extends StoresContract {

  @Test
  void countsThoseOfTheOrganizationThatAreMeant() {
    plant();

    assertThat(count(RunFilter.ALL, Stretch.WHOLE, 99)).isEqualTo(4);
    assertThat(count(RunFilter.ALL.under(runId(1)), Stretch.WHOLE, 99)).isEqualTo(2);
    assertThat(count(RunFilter.ALL.under(runId(9)), Stretch.WHOLE, 99)).isZero();
  }

  @Test
  void countsNoFurtherThanItIsAskedTo() {
    plant();

    assertThat(count(RunFilter.ALL, Stretch.WHOLE, 3)).isEqualTo(3);
  }

  @Test
  void countsWithinAStretch() {
    plant();

    assertThat(count(RunFilter.ALL, Stretch.WHOLE.through(runId(2)), 99)).isEqualTo(2);
    assertThat(
            count(RunFilter.ALL, new Stretch(Optional.of(runId(2).value()), Optional.empty()), 99))
        .isEqualTo(3);
  }

  @Test
  void leavesOutWhatIsBeingDeleted() {
    plant();
    mark(root(1));

    assertThat(count(RunFilter.ALL, Stretch.WHOLE, 99)).isEqualTo(1);
  }

  private void plant() {
    var root = root(1);
    add(root, child(root, 2), child(root, 3), root(4), rootOf(GLOBEX.id(), 5));
  }

  private int count(RunFilter filter, Stretch stretch, int most) {
    return stores().meantRuns().count(Reach.within(ACME.id()), filter, stretch, most);
  }
}
