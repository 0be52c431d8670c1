package dev.runs.application;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.ADA;
import static dev.runs.domain.run.RunFixtures.BEN;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.OTHER_ADA;

import dev.runs.application.run.Deletions.Deletion;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** What all contracts of stores need: empty stores, and the people of the fixtures in them. */
public abstract class StoresContract {

  /** Empty at the beginning of each test. */
  protected abstract Stores stores();

  @BeforeEach
  void register() {
    stores()
        .write(() -> {
          stores().organizations().addUnlessThere(ACME);
          stores().organizations().addUnlessThere(GLOBEX);
          stores().users().addUnlessThere(ADA);
          stores().users().addUnlessThere(BEN);
          stores().users().addUnlessThere(OTHER_ADA);
        });
  }

  /** Adds runs as a use case does, with what they change in the ledger. */
  protected final void add(Run... runs) {
    addAll(Arrays.asList(runs));
  }

  protected final void addAll(List<Run> runs) {
    stores()
        .write(() -> {
          stores().runs().addAll(runs);
          var deltas = new ArrayList<Delta>();
          runs.forEach(run -> deltas.addAll(Delta.ofCreated(run)));
          stores().ledger().add(Delta.merged(deltas));
        });
  }

  /** Books lines of one run as a use case does, with what they change in the ledger. */
  protected final void book(Run run, CostLine... lines) {
    stores()
        .write(() -> {
          stores().costLines().addAll(Arrays.asList(lines));
          var deltas = new ArrayList<Delta>();
          Arrays.asList(lines).forEach(line -> deltas.addAll(Delta.ofLine(run.path(), line)));
          stores().ledger().add(Delta.merged(deltas));
        });
  }

  /** Saves a later version of a run as a use case does, with what it changes in the ledger. */
  protected final Run save(Run before, Run after) {
    stores()
        .write(() -> {
          stores().runs().save(after);
          stores().ledger().add(Delta.ofMove(before, after));
        });
    return after;
  }

  protected final Run found(RunId id) {
    return stores().runs().get(Reach.everywhere(), id);
  }

  protected final boolean isThere(Run run) {
    return stores().runs().find(Reach.everywhere(), run.id()).isPresent();
  }

  protected final void mark(Run run) {
    stores()
        .write(() ->
            stores()
                .deletions()
                .mark(
                    new Deletion(run.path(), run.organization(), new Principal("key:test"), NOON)));
  }

  /**
   * Sweeps a marked subtree to the end.
   *
   * @param most how much one step removes
   */
  protected final void sweep(Run run, int most) {
    boolean isDone;
    do {
      isDone = stores().transactions().inTransaction(() -> removeSome(run, most));
    } while (!isDone);
  }

  private boolean removeSome(Run run, int most) {
    var isDone = stores().deletions().removeSome(run.path(), most);
    if (isDone) {
      stores().deletions().finish(run.path());
    }
    return isDone;
  }

  /** Folds until nothing is left to fold. */
  protected final void foldAll(int most) {
    while (stores().transactions().inTransaction(() -> stores().ledger().fold(most)) > 0) {
      // each step is one transaction
    }
  }
}
