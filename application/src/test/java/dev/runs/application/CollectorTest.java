package dev.runs.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.runs.domain.run.RunRejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120) // a request that is stranded would wait for ever
final class CollectorTest {

  private final List<List<Integer>> groups = new CopyOnWriteArrayList<>();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    callers.shutdownNow(); // who is stranded would let close wait for ever
  }

  @Test
  void doesALoneRequestAtOnceAndInTheThreadThatAsks() {
    var worker = new ArrayList<Thread>();
    var collector =
        new Collector<Integer, Integer>(
            1,
            group -> {
              worker.add(Thread.currentThread());
              return doubled(group);
            });

    assertThat(collector.submit(21)).isEqualTo(42);
    assertThat(worker).containsExactly(Thread.currentThread());
  }

  @Test
  void gathersWhatComesWhileAGroupIsWritten() {
    var gate = new Gate();
    var collector = new Collector<Integer, Integer>(1, gate::doubledWhenOpen);
    var first = submitted(collector, 0);
    gate.awaitSomebody();

    var others = new ArrayList<Future<Integer>>();
    for (var i = 1; i <= 300; i++) {
      others.add(waiting(collector, i));
    }
    gate.open();

    assertThat(result(first)).isZero();
    for (var i = 1; i <= 300; i++) {
      assertThat(result(others.get(i - 1))).isEqualTo(2 * i);
    }
    assertThat(groups)
        .extracting(List::size)
        .containsExactly(1, Collector.MOST_TOGETHER, Collector.MOST_TOGETHER, 44);
  }

  @Test
  void doesRequestsInTheOrderInWhichTheyCame() {
    var gate = new Gate();
    var collector = new Collector<Integer, Integer>(1, gate::doubledWhenOpen);
    var first = submitted(collector, 0);
    gate.awaitSomebody();
    var others = List.of(waiting(collector, 1), waiting(collector, 2), waiting(collector, 3));

    gate.open();
    result(first);
    others.forEach(CollectorTest::result);

    assertThat(groups).containsExactly(List.of(0), List.of(1, 2, 3));
  }

  /** Who began writing goes home when its own request is done; somebody else writes on. */
  @Test
  void keepsNobodyWorkingForOthers() {
    var first = new Gate();
    var second = new Gate();
    var collector =
        new Collector<Integer, Integer>(
            1, group -> (group.contains(0) ? first : second).doubledWhenOpen(group));
    var leader = submitted(collector, 0);
    first.awaitSomebody();
    var other = waiting(collector, 1);

    first.open();

    assertThat(result(leader)).isZero();
    second.awaitSomebody();
    assertThat(other.isDone()).isFalse();
    second.open();
    assertThat(result(other)).isEqualTo(2);
  }

  @Test
  void writesAsManyGroupsAtOnceAsItHasWriters() {
    var gates = List.of(new Gate(), new Gate(), new Gate());
    var collector =
        new Collector<Integer, Integer>(
            2, group -> gates.get(group.getFirst()).doubledWhenOpen(group));
    var first = submitted(collector, 0);
    gates.get(0).awaitSomebody();
    var second = submitted(collector, 1);
    gates.get(1).awaitSomebody();
    var third = waiting(collector, 2);

    gates.get(2).open();
    gates.get(1).open();

    assertThat(result(second)).isEqualTo(2);
    assertThat(result(third)).isEqualTo(4);
    assertThat(first.isDone()).isFalse();
    gates.get(0).open();
    assertThat(result(first)).isZero();
  }

  @Test
  void doesEachRequestOfAFailedGroupAlone() {
    var gate = new Gate();
    var collector =
        new Collector<Integer, Integer>(
            1,
            group -> {
              var done = gate.doubledWhenOpen(group);
              if (group.contains(13)) {
                throw new IllegalStateException("13 brings bad luck");
              }
              return done;
            });
    var first = submitted(collector, 0);
    gate.awaitSomebody();
    var unlucky = waiting(collector, 13);
    var others = List.of(waiting(collector, 12), waiting(collector, 14));

    gate.open();

    assertThat(result(first)).isZero();
    assertThat(others).extracting(CollectorTest::result).containsExactly(24, 28);
    assertThat(failure(unlucky)).isInstanceOf(IllegalStateException.class);
    assertThat(groups)
        .containsExactly(List.of(0), List.of(13, 12, 14), List.of(13), List.of(12), List.of(14));
  }

  @Test
  void refusesOneRequestAndDoesTheOthersOfItsGroup() {
    var gate = new Gate();
    var collector =
        new Collector<Integer, Integer>(
            1,
            group -> {
              gate.doubledWhenOpen(group);
              return group.stream().map(CollectorTest::refusedWhenOdd).toList();
            });
    var first = submitted(collector, 0);
    gate.awaitSomebody();
    var odd = waiting(collector, 1);
    var even = waiting(collector, 2);

    gate.open();

    assertThat(result(first)).isZero();
    assertThat(failure(odd)).isInstanceOf(RunRejected.NotFound.class);
    assertThat(result(even)).isEqualTo(2);
    assertThat(groups).hasSize(2);
  }

  @Test
  void throwsTheVeryExceptionThatWasThrownAndWorksOn() {
    var thrown = new IllegalStateException("no");
    var collector =
        new Collector<Integer, Integer>(
            1,
            group -> {
              if (group.contains(0)) {
                throw thrown;
              }
              return doubled(group);
            });

    assertThatIllegalStateException().isThrownBy(() -> collector.submit(0)).isSameAs(thrown);
    assertThat(collector.submit(1)).isEqualTo(2);
  }

  @Test
  void survivesAnErrorAndTellsIt() {
    var collector =
        new Collector<Integer, Integer>(
            1,
            group -> {
              if (group.contains(0)) {
                throw new StackOverflowError();
              }
              return doubled(group);
            });

    assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> collector.submit(0));
    assertThat(collector.submit(1)).isEqualTo(2);
  }

  /** Bursts with pauses between them, so that writers are released at every possible moment. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void answersEveryoneWithTheirOwnHoweverManyComeAndGo(int writers) {
    var busy = new AtomicInteger();
    var most = new AtomicInteger();
    var collector =
        new Collector<Integer, Integer>(
            writers,
            group -> {
              most.accumulateAndGet(busy.incrementAndGet(), Math::max);
              try {
                if (group.size() > 1 && group.getFirst() % 50 == 0) {
                  throw new IllegalStateException("try again alone");
                }
                Thread.onSpinWait();
                return doubled(group);
              } finally {
                busy.decrementAndGet();
              }
            });

    AtOnce.with(
        8,
        thread -> {
          for (var i = 0; i < 3_000; i++) {
            var request = 10_000 * thread + i;
            assertThat(collector.submit(request)).isEqualTo(2 * request);
            if (i % 7 == thread % 7) {
              Thread.onSpinWait();
            }
          }
          return true;
        });

    assertThat(most.get()).isLessThanOrEqualTo(writers);
  }

  /** It finds no free place, and the writer has already seen that nothing is left. */
  @Test
  void strandsNoRequestThatComesJustBeforeACallerLetsGo() {
    var writers = new LastMoment();
    var collector = new Collector<Integer, Integer>(writers, CollectorTest::doubled);
    writers.beforeRelease(1, () -> waiting(collector, 7));

    assertThat(collector.submit(1)).isEqualTo(2);

    assertThat(result(writers.late())).isEqualTo(14);
  }

  @Test
  void strandsNoRequestThatComesJustBeforeItsOwnWriterLetsGo() {
    var gate = new Gate();
    var writers = new LastMoment();
    var collector = new Collector<Integer, Integer>(writers, gate::doubledWhenOpen);
    writers.beforeRelease(2, () -> waiting(collector, 7));
    var leader = submitted(collector, 0);
    gate.awaitSomebody();
    var other = waiting(collector, 1);

    gate.open();

    assertThat(result(leader)).isZero();
    assertThat(result(other)).isEqualTo(2);
    assertThat(result(writers.late())).isEqualTo(14);
  }

  private static ItemResult<Integer> refusedWhenOdd(int request) {
    return request % 2 == 1
        ? new ItemResult.Refused<>(new RunRejected.NotFound())
        : new ItemResult.Done<>(request);
  }

  private static List<ItemResult<Integer>> doubled(List<Integer> group) {
    return group.stream().<ItemResult<Integer>>map(i -> new ItemResult.Done<>(2 * i)).toList();
  }

  private Future<Integer> submitted(Collector<Integer, Integer> collector, int request) {
    return callers.submit(() -> collector.submit(request));
  }

  /** A request whose caller waits for another one's group to be written. */
  private Future<Integer> waiting(Collector<Integer, Integer> collector, int request) {
    var caller = new ArrayList<Thread>();
    var begun = new CountDownLatch(1);
    var pending =
        callers.submit(() -> {
          caller.add(Thread.currentThread());
          begun.countDown();
          return collector.submit(request);
        });
    await(begun);
    while (caller.getFirst().getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return pending;
  }

  private static Integer result(Future<Integer> pending) {
    try {
      return pending.get();
    } catch (Exception e) {
      throw new AssertionError("the request was not done", e);
    }
  }

  private static Throwable failure(Future<Integer> pending) {
    try {
      throw new AssertionError("the request was done: " + pending.get());
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  /** One place, and a request that comes just before it is free again. */
  private static final class LastMoment extends Semaphore {

    private static final long serialVersionUID = 1;

    private final transient CompletableFuture<Future<Integer>> late = new CompletableFuture<>();
    private transient int releases;
    private transient Supplier<Future<Integer>> coming =
        () -> {
          throw new IllegalStateException("nobody was to come");
        };

    LastMoment() {
      super(1);
    }

    /**
     * @param release at which release of the place, counted from 1
     */
    void beforeRelease(int release, Supplier<Future<Integer>> request) {
      releases = release;
      coming = request;
    }

    Future<Integer> late() {
      return late.join();
    }

    @Override
    public void release() {
      releases--;
      if (releases == 0) {
        late.complete(coming.get());
      }
      super.release();
    }
  }

  /** Holds groups up until it is opened. */
  private final class Gate {

    private final CountDownLatch somebody = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    List<ItemResult<Integer>> doubledWhenOpen(List<Integer> group) {
      groups.add(List.copyOf(group));
      somebody.countDown();
      await(open);
      return doubled(group);
    }

    void awaitSomebody() {
      await(somebody);
    }

    void open() {
      open.countDown();
    }
  }
}
