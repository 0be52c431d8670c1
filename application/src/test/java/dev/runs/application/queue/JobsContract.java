package dev.runs.application.queue;

import static dev.runs.application.queue.QueueFixtures.EMPTY;
import static dev.runs.application.queue.QueueFixtures.PULL;
import static dev.runs.application.queue.QueueFixtures.WORKER;
import static dev.runs.application.queue.QueueFixtures.job;
import static dev.runs.application.queue.QueueFixtures.newJob;
import static dev.runs.application.queue.QueueFixtures.queuedRun;
import static dev.runs.application.queue.QueueFixtures.token;
import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.runId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.application.queue.Jobs.NewJob;
import dev.runs.application.queue.Jobs.OwnedKey;
import dev.runs.application.run.RunJobs;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.queue.ErrorText;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.JobKey;
import dev.runs.domain.queue.JobLimits;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.OutputRef;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.queue.Priority;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of jobs promises. */
public abstract class JobsContract extends StoresContract {

  private static final Kind LONGEST_KIND = new Kind("k/é".repeat(85));

  private final Run run = queuedRun(1);

  @Test
  void givesBackAJobWithNothingThatMayBeAbsent() {
    addJob(newJob(run));

    assertThat(jobs().find(run.id())).contains(job(run, Optional.empty()));
  }

  @Test
  void givesBackAJobWithEverything() {
    var job = fullest(run);

    addJob(new NewJob(job, ACME.id(), EMPTY));

    assertThat(jobs().find(run.id())).contains(job);
  }

  @Test
  void findsThoseOfManyThatAreJobs() {
    add(RunFixtures.root(3));
    addJobs(List.of(newJob(run), newJob(queuedRun(2))), run, queuedRun(2));

    assertThat(jobs().findAll(List.of(runId(1), runId(2), runId(3), runId(4))))
        .containsOnlyKeys(runId(1), runId(2));
    assertThat(jobs().findAll(List.of())).isEmpty();
  }

  @Test
  void findsJobsByTheirKeysWithinTheirOrganization() {
    var globexs = RunFixtures.rootOf(GLOBEX.id(), 2);
    addJobs(List.of(newJob(run, "k1"), newJob(globexs, "k1")), run, globexs);

    var acmes = owned(ACME.id(), "k1");
    assertThat(jobs().findAllByKey(List.of(acmes, owned(ACME.id(), "k2"))))
        .containsOnlyKeys(acmes)
        .containsEntry(acmes, job(run, Optional.of("k1")));
    assertThat(jobs().findAllByKey(List.of(owned(GLOBEX.id(), "k1"), acmes))).hasSize(2);
    assertThat(jobs().findAllByKey(List.of())).isEmpty();
  }

  @Test
  void findsOneKeyAmongAThousandOfOneOrganizationAndOfAThousandOrganizations() {
    addJobs(List.of(newJob(run, "k1")), run);
    var keys = new ArrayList<OwnedKey>();
    for (var i = 1; i <= 1_000; i++) {
      keys.add(owned(ACME.id(), "k" + i));
      keys.add(owned(new OrganizationId(RunFixtures.uuid(i)), "k1"));
    }

    assertThat(jobs().findAllByKey(keys)).containsOnlyKeys(owned(ACME.id(), "k1"));
  }

  @Test
  void tellsKeysApartByTheirCase() {
    addJobs(List.of(newJob(run, "key"), newJob(queuedRun(2), "KEY")), run, queuedRun(2));

    assertThat(jobs().findAllByKey(List.of(owned(ACME.id(), "KEY"))))
        .containsEntry(owned(ACME.id(), "KEY"), job(queuedRun(2), Optional.of("KEY")));
  }

  @Test
  void addsAsManyWithoutAKeyAsThereAre() {
    addJobs(List.of(newJob(run), newJob(queuedRun(2))), run, queuedRun(2));

    assertThat(jobs().findAll(List.of(runId(1), runId(2)))).hasSize(2);
  }

  @Test
  void refusesAKeyThatIsTakenAndAddsNothing() {
    addJobs(List.of(newJob(run, "k1")), run);
    add(queuedRun(2), queuedRun(3));

    assertThatExceptionOfType(Jobs.KeyTaken.class)
        .isThrownBy(() ->
            stores()
                .write(() ->
                    jobs().addAll(List.of(newJob(queuedRun(2)), newJob(queuedRun(3), "k1")))));
    assertThat(jobs().findAll(List.of(runId(2), runId(3)))).isEmpty();
  }

  @Test
  void givesAKeyToOneOfManyWhoComeAtTheSameMoment() {
    for (var round = 0; round < 5; round++) {
      var first = 100L * (round + 1);
      var key = "round " + round;

      var wins = AtOnce.with(8, i -> isAdded(queuedRun(first + i), key));

      assertThat(wins).filteredOn(isWon -> isWon).hasSize(1);
      assertThat(jobs().findAllByKey(List.of(owned(ACME.id(), key))).values())
          .extracting(Job::run)
          .containsExactly(runId(first + wins.indexOf(true)));
    }
  }

  @Test
  void keepsTheLaterVersion() {
    addJob(newJob(run));
    var later = claimed(run);

    stores().write(() -> jobs().saveAll(List.of(later)));

    assertThat(jobs().find(run.id())).contains(later);
  }

  @Test
  void keepsNothingOfTheVersionBefore() {
    addJob(new NewJob(fullest(run), ACME.id(), EMPTY));
    var plainest =
        new Job(
            run.id(),
            LONGEST_KIND,
            1,
            0,
            Priority.USUAL,
            Optional.empty(),
            Optional.empty(),
            Optional.of(new JobKey("k".repeat(JobKey.MOST_CHARACTERS))),
            "fingerprint",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(runId(99)));

    stores().write(() -> jobs().saveAll(List.of(plainest)));

    assertThat(jobs().find(run.id())).contains(plainest);
  }

  @Test
  void savesManyAtOnceInAnyOrder() {
    var runs = new ArrayList<Run>();
    for (var i = 1; i <= 100; i++) {
      runs.add(queuedRun(i));
    }
    addJobs(runs.stream().map(QueueFixtures::newJob).toList(), runs.toArray(Run[]::new));

    stores().write(() -> jobs().saveAll(runs.reversed().stream().map(this::claimed).toList()));

    assertThat(jobs().findAll(runs.stream().map(Run::id).toList()).values())
        .hasSize(100)
        .allMatch(job -> job.claim().isPresent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "\"text\"",
        "[]",
        "{\"b\":1,\"a\":2,\"b\":3}",
        "{\"a\":\"\\u0000 \\ud800 é𝄞\"}",
        "[1e400000,0.10,-0,1E5,123456789012345678901234567890]"
      })
  void givesBackAnInputAsItCame(String json) {
    addJob(new NewJob(job(run, Optional.empty()), ACME.id(), new Payload(json)));

    assertThat(jobs().payloads(List.of(run.id())).values())
        .containsExactly(new RunJobs.Payloads(new Payload(json), Optional.empty()));
  }

  @Test
  void givesBackTheLargestDocuments() {
    var largest = new Payload("[" + "1,".repeat(Payload.MOST_BYTES / 2 - 2) + "10]");
    addJob(new NewJob(job(run, Optional.empty()), ACME.id(), largest));

    stores().write(() -> jobs().addOutput(run.id(), largest));

    assertThat(jobs().payloads(List.of(run.id())))
        .containsEntry(run.id(), new RunJobs.Payloads(largest, Optional.of(largest)));
  }

  @Test
  void keepsTheOutputThatCameFirst() {
    addJob(newJob(run));

    stores().write(() -> jobs().addOutput(run.id(), new Payload("{\"n\":1}")));
    stores().write(() -> jobs().addOutput(run.id(), new Payload("{\"n\":2}")));

    assertThat(jobs().payloads(List.of(run.id(), runId(2))))
        .containsOnlyKeys(run.id())
        .containsEntry(
            run.id(), new RunJobs.Payloads(EMPTY, Optional.of(new Payload("{\"n\":1}"))));
    assertThat(jobs().payloads(List.of())).isEmpty();
  }

  @Test
  void goWithTheirRunsAndLeaveTheirKeys() {
    addJobs(List.of(newJob(run, "k1")), run);
    mark(run);
    assertThat(jobs().findAllByKey(List.of(owned(ACME.id(), "k1")))).hasSize(1);

    sweep(run, 10);

    assertThat(jobs().find(run.id())).isEmpty();
    assertThat(jobs().payloads(List.of(run.id()))).isEmpty();
    assertThat(isAdded(queuedRun(2), "k1")).isTrue();
  }

  /** A job in which everything is said, and everything is as large as it may be. */
  private static Job fullest(Run run) {
    return new Job(
        run.id(),
        LONGEST_KIND,
        JobLimits.MOST_ATTEMPTS,
        7,
        new Priority(Priority.LOWEST),
        Optional.of(NOON.plusNanos(123_456_000)),
        Optional.of(JobLimits.LONGEST_TIMEOUT.plus(Duration.ofMillis(-1))),
        Optional.of(new JobKey("k".repeat(JobKey.MOST_CHARACTERS))),
        "fingerprint",
        Optional.of(new Job.Claim(WORKER, NOON.plusNanos(1_000))),
        Optional.of(NOON.plusSeconds(1)),
        Optional.of(new OutputRef("s3://é 𝄞 '\"".repeat(100))),
        Optional.of(ErrorText.capped("é".repeat(ErrorText.MOST_BYTES))),
        Optional.of(token(1)),
        Optional.of(runId(99)));
  }

  private Job claimed(Run of) {
    return new Job(
        of.id(),
        PULL,
        3,
        1,
        Priority.USUAL,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "fingerprint",
        Optional.of(new Job.Claim(WORKER, NOON)),
        Optional.empty(),
        Optional.empty(),
        Optional.of("went wrong"),
        Optional.of(token(2)),
        Optional.empty());
  }

  private boolean isAdded(Run added, String key) {
    try {
      stores()
          .write(() -> {
            stores().runs().addAll(List.of(added));
            jobs().addAll(List.of(newJob(added, key)));
          });
      return true;
    } catch (Jobs.KeyTaken e) {
      return false;
    }
  }

  private void addJob(NewJob job) {
    addJobs(List.of(job), run);
  }

  private void addJobs(List<NewJob> jobs, Run... runs) {
    add(runs);
    stores().write(() -> jobs().addAll(jobs));
  }

  private Jobs jobs() {
    return stores().jobs();
  }

  private static OwnedKey owned(OrganizationId organization, String key) {
    return new OwnedKey(organization, new JobKey(key));
  }
}
