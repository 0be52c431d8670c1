package dev.runs.application;

import static dev.runs.domain.access.Reach.within;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runs.application.run.RunFilter;
import dev.runs.application.run.RunList.Order;
import dev.runs.domain.access.Reach;
import dev.runs.domain.run.RunFixtures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What all transactions promise. */
public abstract class TransactionsContract extends StoresContract {

  private static final class Changed extends RuntimeException {
    Changed() {
      super("changed my mind");
    }
  }

  @Test
  void answersWithWhatTheWorkReturns() {
    assertThat(stores().transactions().inTransaction(() -> "done")).isEqualTo("done");
    assertThat(stores().transactions().inSnapshot(() -> "seen")).isEqualTo("seen");
  }

  @Test
  void undoesEverythingWhenTheWorkThrowsAndThrowsTheSame() {
    var thrown = new Changed();

    assertThatThrownBy(() ->
            stores()
                .write(() -> {
                  stores().runs().addAll(List.of(root(1), child(root(1), 2)));
                  throw thrown;
                }))
        .isSameAs(thrown);

    assertThat(isThere(root(1))).isFalse();
    assertThat(isThere(child(root(1), 2))).isFalse();
  }

  @Test
  void undoesEverythingWhenTheWorkDiesOfAnError() {
    assertThatThrownBy(() ->
            stores()
                .write(() -> {
                  stores().runs().addAll(List.of(root(1)));
                  throw new StackOverflowError();
                }))
        .isInstanceOf(StackOverflowError.class);

    assertThat(isThere(root(1))).isFalse();
  }

  @Test
  void doesAfterTheCommitWhatIsToBeDoneThen() {
    var seen = new ArrayList<Boolean>();

    stores()
        .write(() -> {
          stores().transactions().afterCommit(() -> seen.add(isThere(root(1))));
          stores()
              .write(() -> stores().transactions().afterCommit(() -> seen.add(isThere(root(2)))));
          stores().runs().addAll(List.of(root(1), root(2)));
          assertThat(seen).isEmpty();
        });

    assertThat(seen).containsExactly(true, true);
    stores().write(() -> {});
    assertThat(seen).hasSize(2);
  }

  @Test
  void doesNothingAfterwardsOfWhatIsUndone() {
    var seen = new AtomicBoolean();

    assertThatThrownBy(() ->
            stores()
                .write(() -> {
                  stores().transactions().afterCommit(() -> seen.set(true));
                  throw new Changed();
                }))
        .isInstanceOf(Changed.class);
    stores().write(() -> {});

    assertThat(seen).isFalse();
  }

  @Test
  void hasNoAfterwardsWhereNothingIsWritten() {
    var transactions = stores().transactions();

    assertThatIllegalStateException().isThrownBy(() -> transactions.afterCommit(() -> {}));
    assertThatIllegalStateException()
        .isThrownBy(() ->
            transactions.inSnapshot(() -> {
              transactions.afterCommit(() -> {});
              return true;
            }));
  }

  @Test
  void showsTheWorkWhatItHasWritten() {
    stores()
        .write(() -> {
          stores().runs().addAll(List.of(root(1)));
          assertThat(isThere(root(1))).isTrue();
        });
  }

  @Test
  void makesWorkWithinWorkAPartOfIt() {
    assertThatThrownBy(() ->
            stores()
                .write(() -> {
                  stores().write(() -> stores().runs().addAll(List.of(root(1))));
                  throw new Changed();
                }))
        .isInstanceOf(Changed.class);

    assertThat(isThere(root(1))).isFalse();
  }

  @Test
  void worksAgainAfterAFailure() {
    assertThatThrownBy(() ->
            stores()
                .write(() -> {
                  throw new Changed();
                }))
        .isInstanceOf(Changed.class);

    add(root(1));

    assertThat(isThere(root(1))).isTrue();
  }

  @Test
  void refusesToWriteInASnapshot() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            stores()
                .transactions()
                .inSnapshot(() -> {
                  stores().write(() -> stores().runs().addAll(List.of(root(1))));
                  return true;
                }));
    assertThat(isThere(root(1))).isFalse();
  }

  /**
   * Each transaction adds a root and its child, so every moment has as many of one as the other.
   */
  @Test
  void readsASnapshotAsOfOneMomentWhileOthersWrite() {
    var isWritten = new AtomicBoolean();
    var works = new ArrayList<Callable<Integer>>();
    works.add(() -> {
      for (var i = 0; i < 60; i++) {
        var root = root(1_000 + 2 * i);
        add(root, child(root, 1_001 + 2 * i));
      }
      isWritten.set(true);
      return 60;
    });
    works.add(() -> {
      var seen = 0;
      while (!isWritten.get()) {
        seen = stores().transactions().inSnapshot(this::rootsWithTheirChildren);
      }
      return seen;
    });

    AtOnce.all(works);

    assertThat(rootsWithTheirChildren()).isEqualTo(60);
  }

  private int rootsWithTheirChildren() {
    var all =
        stores()
            .runList()
            .byCreation(
                within(RunFixtures.ACME.id()), RunFilter.ALL, Order.NEWEST_FIRST, none(), 200);
    var again =
        stores().runList().latestStartFirst(within(RunFixtures.ACME.id()), RunFilter.ALL, 200, 0);
    assertThat(again).hasSameElementsAs(all);
    var roots = all.stream().filter(run -> run.path().isRoot()).toList();
    assertThat(all).hasSize(2 * roots.size());
    roots.forEach(root ->
        assertThat(stores().runTree().below(root.path(), Optional.empty(), 1, 10)).hasSize(1));
    assertThat(stores().runs().findAll(Reach.everywhere(), all.stream().map(r -> r.id()).toList()))
        .hasSameSizeAs(all);
    return roots.size();
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }
}
