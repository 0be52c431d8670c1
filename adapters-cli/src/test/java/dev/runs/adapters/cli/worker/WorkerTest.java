package dev.runs.adapters.cli.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.cli.secret.EnvironmentSecrets;
import dev.runs.adapters.cli.secret.SecretSource;
import dev.runs.adapters.cli.worker.WorkSource.Kept;
import dev.runs.domain.queue.Outcome;
import dev.runs.domain.queue.OutputRef;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A worker over work that the test hands out; commands are real processes. */
@Timeout(60)
class WorkerTest {

  private static final Duration LEASE = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final FakeWork work = new FakeWork();
  private Worker worker = new WorkerOf(settings(LONG, LONG)).doing(_ -> RunResult.nothing());
  private Thread working = new Thread(() -> {});

  @AfterEach
  void end() throws InterruptedException {
    worker.stop();
    working.join();
  }

  @Nested
  class WithAHandler {

    @Test
    void reportsWhatItBrings() throws Exception {
      work.add("{\"a\":1}");
      start(LONG, assignment -> RunResult.of(assignment.input()));

      assertThat(work.reported())
          .isEqualTo(
              new Outcome.Succeeded(Optional.empty(), Optional.of(new Payload("{\"a\":1}"))));
    }

    @Test
    void reportsWhereItsOutputLies() throws Exception {
      work.add("{}");
      start(LONG, _ -> RunResult.at("s3://there"));

      assertThat(work.reported())
          .isEqualTo(
              new Outcome.Succeeded(Optional.of(new OutputRef("s3://there")), Optional.empty()));
    }

    @Test
    void reportsAFailureAsItIsThrown() throws Exception {
      work.add("{}");
      start(
          LONG,
          _ -> {
            throw RunFailed.forGood("wrong input");
          });

      assertThat(work.reported())
          .isEqualTo(new Outcome.Failed("wrong input", false, RunFailure.Kind.USER));
    }

    @Test
    void takesAnyExceptionForAFailureThatMayPass() throws Exception {
      work.add("{}");
      start(
          LONG,
          _ -> {
            throw new IOException("no route");
          });

      assertThat(work.reported())
          .isEqualTo(
              new Outcome.Failed("java.io.IOException: no route", true, RunFailure.Kind.USER));
    }

    @Test
    void failsForGoodWithAnOutputThatIsNoJson() throws Exception {
      work.add("{}");
      start(LONG, _ -> RunResult.of("{"));

      assertThat(work.reported())
          .isEqualTo(new Outcome.Failed("The output is no JSON.", false, RunFailure.Kind.USER));
    }

    @Test
    void failsForGoodWithAnOutputThatIsTooLarge() throws Exception {
      work.add("{}");
      start(LONG, _ -> RunResult.of("\"" + "x".repeat(Payload.MOST_BYTES) + "\""));

      assertThat(work.reported())
          .isInstanceOfSatisfying(
              Outcome.Failed.class, failed -> assertThat(failed.isRetryable()).isFalse());
    }

    @Test
    void executesAsManyAtOnceAsItMay() throws Exception {
      var together = new CyclicBarrier(4);
      for (var i = 0; i < 4; i++) {
        work.add("{}");
      }
      start(LONG, _ -> met(together));

      for (var i = 0; i < 4; i++) {
        assertThat(work.reported()).isInstanceOf(Outcome.Succeeded.class);
      }
    }

    @Test
    void repeatsAReportUntilItIsTaken() throws Exception {
      work.beSilentFor(3);
      work.add("{}");
      start(LONG, _ -> RunResult.nothing());

      assertThat(work.reported()).isInstanceOf(Outcome.Succeeded.class);
      assertThat(work.reports()).isEmpty();
    }

    @Test
    void stopsWhatIsCanceled() throws Exception {
      var run = work.add("{}");
      var begun = new CountDownLatch(1);
      start(LONG, _ -> waitingForEver(begun));
      begun.await();
      work.answer(run, Kept.ASKED_TO_STOP);

      assertThat(work.reported()).isEqualTo(new Outcome.Released());
    }

    @Test
    void countsWhatIsDoneThoughItWasCanceled() throws Exception {
      var run = work.add("{}");
      var begun = new CountDownLatch(1);
      start(
          LONG,
          _ -> {
            try {
              return waitingForEver(begun);
            } catch (InterruptedException _) {
              return RunResult.of("\"done\"");
            }
          });
      begun.await();
      work.answer(run, Kept.ASKED_TO_STOP);

      assertThat(work.reported()).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void stopsAtOnceWhatIsLostAndReportsNothing() throws Exception {
      var lost = work.add("{}");
      var begun = new CountDownLatch(1);
      var graces = new CountDownLatch(1);
      start(
          LONG,
          assignment -> {
            try {
              return waitingForEver(begun);
            } finally {
              if (assignment.graceForStopping().isZero()) {
                graces.countDown();
              }
            }
          });
      begun.await();
      work.answer(lost, Kept.LOST);
      graces.await();
      worker.stop();
      working.join();

      assertThat(work.reports()).isEmpty();
    }

    @Test
    void letsWhatItExecutesEndWhenItIsToldToEnd() throws Exception {
      work.add("{}");
      var begun = new CountDownLatch(1);
      var mayEnd = new CountDownLatch(1);
      start(
          LONG,
          _ -> {
            begun.countDown();
            mayEnd.await();
            return RunResult.nothing();
          });
      begun.await();
      worker.stop();
      var late = work.add("{}");
      mayEnd.countDown();
      working.join();

      // a claim that was on its way may have brought the late one, which is given back
      assertThat(work.reports())
          .anySatisfy(report -> assertThat(report.outcome()).isInstanceOf(Outcome.Succeeded.class))
          .allSatisfy(report ->
              assertThat(report.outcome() instanceof Outcome.Released)
                  .isEqualTo(report.run().equals(late)));
    }

    @Test
    void givesBackWhatDoesNotEndInTime() throws Exception {
      work.add("{}");
      var begun = new CountDownLatch(1);
      start(Duration.ZERO, _ -> waitingForEver(begun));
      begun.await();
      worker.stop();
      working.join();

      assertThat(work.reported()).isEqualTo(new Outcome.Released());
    }

    @Test
    void endsByItselfWhenNothingIsReady() throws Exception {
      for (var i = 0; i < 7; i++) {
        work.add("{}");
      }
      var settings =
          new Worker.Settings(new WorkerId("w"), 2, LEASE, LONG, LONG, Optional.empty(), true);
      worker = new WorkerOf(settings).doing(_ -> RunResult.nothing());
      worker.run();

      assertThat(work.reports()).hasSize(7);
    }

    @Test
    void endsByItselfAfterSoManyRunsAsItIsToDo() throws Exception {
      work.add("{}");
      work.add("{}");
      var settings =
          new Worker.Settings(new WorkerId("w"), 2, LEASE, LONG, LONG, Optional.of(1), false);
      worker = new WorkerOf(settings).doing(_ -> RunResult.nothing());
      worker.run();

      assertThat(work.reports()).hasSize(1);
    }
  }

  @Nested
  class WithSecrets {

    private final SecretSource secrets =
        new EnvironmentSecrets(Map.of("RUNS_SECRET_DB", "open sesame"));

    @Test
    void givesThemToTheHandlerAndToNobodyElse() throws Exception {
      work.add("{\"password\":\"secret://db\"}");
      worker =
          Worker.over(work, settings(LONG, LONG))
              .handle("test", assignment -> RunResult.of(assignment.input()))
              .secrets(secrets)
              .build();
      start();

      assertThat(work.reported())
          .isEqualTo(
              new Outcome.Succeeded(
                  Optional.empty(), Optional.of(new Payload("{\"password\":\"[secret:db]\"}"))));
    }

    @Test
    void keepsThemOutOfErrors() throws Exception {
      work.add("\"secret://db\"");
      worker =
          Worker.over(work, settings(LONG, LONG))
              .handle(
                  "test",
                  _ -> {
                    throw new IOException("wrong password open sesame");
                  })
              .secrets(secrets)
              .build();
      start();

      assertThat(work.reported())
          .isEqualTo(
              new Outcome.Failed(
                  "java.io.IOException: wrong password [secret:db]", true, RunFailure.Kind.USER));
    }

    @Test
    void failsForGoodWithoutThem() throws Exception {
      work.add("\"secret://db\"");
      start(LONG, _ -> RunResult.nothing());

      assertThat(work.reported())
          .isEqualTo(
              new Outcome.Failed(
                  "The secret 'db' is not known here.", false, RunFailure.Kind.USER));
    }
  }

  @Nested
  class WithACommand {

    @TempDir Path folder;

    @Test
    void givesItTheInputAndTakesTheLastLineThatIsJson() throws Exception {
      work.add("{\"a\":1}");
      exec("echo begun; cat; echo; echo done");

      assertThat(output()).isEqualTo("{\"a\":1}");
    }

    @Test
    void tellsItWhichRunItIs() throws Exception {
      var run = work.add("{}");
      exec(
          "echo \"[\\\"$RUNS_RUN_ID\\\",\\\"$RUNS_ROOT_ID\\\",\\\"$RUNS_KIND\\\","
              + "\\\"$RUNS_PROJECT\\\",\\\"$RUNS_ATTEMPT\\\",\\\"$RUNS_WORKER_ID\\\"]\"");

      assertThat(output())
          .isEqualTo("[\"%s\",\"%s\",\"test\",\"default\",\"1\",\"w\"]".formatted(run, run));
    }

    @Test
    void tellsItToWhichTraceItsWorkBelongs() throws Exception {
      var run = work.add("{}");
      var trace = run.toString().replace("-", "");
      exec(
          "echo \"[\\\"$TRACEPARENT\\\",\\\"$RUNS_TRACE_ID\\\",\\\"$TRACESTATE\\\"]\"",
          Map.of("TRACEPARENT", "00-another-one-01", "TRACESTATE", "another=one"));

      assertThat(output())
          .isEqualTo("[\"00-%s-%s-01\",\"%s\",\"\"]".formatted(trace, trace.substring(16), trace));
    }

    @Test
    void tellsItNoneOfTheWorkersSecretsAndNoToken() throws Exception {
      work.add("{}");
      exec("env | grep -ci 'secret\\|token'; true", Map.of("RUNS_SECRET_DB", "open sesame"));

      assertThat(output()).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({"1,true", "65,false", "75,true"})
    void takesWhatItComplainsOfForTheError(int exitCode, boolean isRetryable) throws Exception {
      work.add("{}");
      exec("echo first >&2; echo last >&2; exit " + exitCode);

      assertThat(work.reported())
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> {
                assertThat(failed.error())
                    .isEqualTo("first\nlast\n(exit code %d)".formatted(exitCode));
                assertThat(failed.isRetryable()).isEqualTo(isRetryable);
              });
    }

    @Test
    void needNotReadWhatItIsGiven() throws Exception {
      work.add("\"" + "x".repeat(200_000) + "\"");
      exec("exit 0");

      assertThat(work.reported()).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void isNotWaitedForWhenItLeavesAProcessBehind() throws Exception {
      work.add("{}");
      exec("sleep 600 & echo '\"done\"'; echo $! > " + folder.resolve("left"));

      assertThat(output()).isEqualTo("\"done\"");
      ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("left")).strip()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void isAskedToEndWithAllItHasStartedWhenItIsCanceled() throws Exception {
      var run = work.add("{}");
      var child = folder.resolve("child");
      exec(
          "sh -c 'trap \"exit 7\" TERM; echo $$ > %s; while :; do sleep 0.05; done'; echo after"
              .formatted(child));
      until(() -> isWritten(child));
      work.answer(run, Kept.ASKED_TO_STOP);

      assertThat(work.reported()).isEqualTo(new Outcome.Released());
      assertThat(isAlive(child)).isFalse();
    }

    @Test
    void isEndedWhenItDoesNotEndByItself() throws Exception {
      var run = work.add("{}");
      var child = folder.resolve("child");
      worker =
          new WorkerOf(settings(LONG, Duration.ofMillis(200)))
              .doing(
                  new ShellCommand(
                      "trap '' TERM; echo $$ > %s; while :; do sleep 0.05; done".formatted(child),
                      System.getenv()));
      start();
      until(() -> isWritten(child));
      work.answer(run, Kept.ASKED_TO_STOP);

      assertThat(work.reported()).isEqualTo(new Outcome.Released());
      until(() -> !isAlive(child));
    }

    private void exec(String command) {
      exec(command, System.getenv());
    }

    private void exec(String command, Map<String, String> environment) {
      start(LONG, new ShellCommand(command, environment));
    }

    private String output() throws InterruptedException {
      return ((Outcome.Succeeded) work.reported()).output().orElseThrow().json();
    }

    private static boolean isWritten(Path file) {
      return Files.exists(file) && !read(file).isEmpty();
    }

    private static boolean isAlive(Path pid) {
      return ProcessHandle.of(Long.parseLong(read(pid))).map(ProcessHandle::isAlive).orElse(false);
    }

    private static String read(Path file) {
      try {
        return Files.readString(file).strip();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Makes workers over the fake work. */
  private final class WorkerOf {
    private final Worker.Settings settings;

    private WorkerOf(Worker.Settings settings) {
      this.settings = settings;
    }

    Worker doing(RunHandler handler) {
      return Worker.over(work, settings).handle("test", handler).build();
    }
  }

  private static Worker.Settings settings(Duration drain, Duration grace) {
    return new Worker.Settings(new WorkerId("w"), 4, LEASE, grace, drain, Optional.empty(), false);
  }

  private void start(Duration drain, RunHandler handler) {
    worker = new WorkerOf(settings(drain, LONG)).doing(handler);
    start();
  }

  private void start() {
    working = Thread.ofPlatform().start(worker::run);
  }

  private static RunResult waitingForEver(CountDownLatch begun) throws InterruptedException {
    begun.countDown();
    new CountDownLatch(1).await();
    return RunResult.nothing();
  }

  private static RunResult met(CyclicBarrier others) throws InterruptedException {
    try {
      others.await();
      return RunResult.nothing();
    } catch (BrokenBarrierException e) {
      throw new AssertionError(e);
    }
  }

  private static void until(BooleanSupplier isSo) {
    while (!isSo.getAsBoolean()) {
      LockSupport.parkNanos(10_000_000);
    }
  }
}
