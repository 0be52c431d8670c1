package dev.runs.application.pipeline;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.ended;
import static dev.runs.domain.run.RunFixtures.root;
import static dev.runs.domain.run.RunFixtures.rootOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.application.pipeline.PipelineRuns.Listed;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.pipeline.PipelineFacts;
import dev.runs.domain.pipeline.PipelineRejected;
import dev.runs.domain.pipeline.PipelineRun;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of runs of pipelines promises. */
public abstract class PipelineRunsContract extends StoresContract {

  private static final Reach.Within OF_ACME = Reach.within(ACME.id());
  private static final Principal ETL = new Principal("key:etl");

  private final Run first = root(1);
  private final Run second = root(2);
  private final Run task = child(second, 3);

  // ---- what is known of a run

  @Test
  void givesBackEverythingThatIsKnown() {
    add(first, second);
    var full =
        new PipelineRun(
            first.id(),
            new PipelineFacts(
                Optional.of(new ContractId("c".repeat(255))),
                Optional.of("1.0.0"),
                Optional.of("events"),
                Optional.of("daily-etl"),
                Optional.of("manual__2026"),
                Optional.of("production"),
                Optional.of("scheduler")),
            new PipelineDocument("{\"dag\":\"daily\",\"n\":1.50}"),
            Optional.of(new PipelineDocument("[1,2]")),
            ETL,
            1);
    addAs(first, full);
    addAs(second, plain(second));

    assertThat(pipelines().findAll(List.of(first.id(), second.id(), task.id())))
        .isEqualTo(Map.of(first.id(), full, second.id(), plain(second)));
    assertThat(pipelines().findAll(List.of())).isEmpty();
  }

  @Test
  void replacesTheVersionRightBefore() {
    add(first);
    addAs(first, plain(first));
    var edited = plain(first).with(new PipelineDocument("{\"a\":1}"), Optional.empty());
    stores().write(() -> pipelines().save(edited));

    assertThat(pipelines().findAll(List.of(first.id()))).containsValue(edited);
    assertThatExceptionOfType(PipelineRejected.ChangedMeanwhile.class)
        .isThrownBy(() -> stores().write(() -> pipelines().save(edited)));
    assertThatExceptionOfType(PipelineRejected.ChangedMeanwhile.class)
        .isThrownBy(() -> addAs(first, plain(first)));
  }

  @Test
  void letsOneOfManyWritersWin() {
    add(first);
    addAs(first, plain(first));
    var edited = plain(first).with(new PipelineDocument("{\"a\":1}"), Optional.empty());

    var won =
        AtOnce.with(
            8,
            _ -> {
              try {
                stores().write(() -> pipelines().save(edited));
                return true;
              } catch (PipelineRejected.ChangedMeanwhile e) {
                return false;
              }
            });

    assertThat(won).filteredOn(its -> its).hasSize(1);
  }

  @Test
  void whoWantsToEditWaitsForWhoDoes() {
    add(first);
    addAs(first, plain(first));
    var editors = 8;

    AtOnce.with(
        editors,
        number -> {
          stores()
              .write(() -> {
                var known = pipelines().findToEdit(first.id()).orElseThrow();
                pipelines()
                    .save(
                        known.with(
                            new PipelineDocument("[%d]".formatted(number)), Optional.empty()));
              });
          return number;
        });

    assertThat(pipelines().findAll(List.of(first.id())).values())
        .extracting(PipelineRun::version)
        .containsExactly(1L + editors);
  }

  // ---- lists

  @Test
  void listsOnlyRunsOfPipelinesNewestFirst() {
    add(first, second, task, root(4));
    addAs(first, plain(first));
    addAs(second, plain(second));
    addAs(task, plain(task));

    assertThat(runsOf(PipelineFilter.ALL)).containsExactly(task, second, first);
    assertThat(pipelines().newestFirst(OF_ACME, PipelineFilter.ALL, 1, 1))
        .containsExactly(new Listed(second, plain(second)));
    assertThat(pipelines().newestFirst(OF_ACME, PipelineFilter.ALL, 1, 3)).isEmpty();
  }

  @Test
  void listsNothingBeyondReach() {
    var ofGlobex = rootOf(GLOBEX.id(), 5);
    add(first, ofGlobex);
    addAs(first, plain(first));
    addAs(ofGlobex, plain(ofGlobex));

    assertThat(runsOf(PipelineFilter.ALL)).containsExactly(first);
    var elsewhere = new Reach.Within(ACME.id(), Set.of(new Slug("elsewhere")));
    assertThat(pipelines().newestFirst(elsewhere, PipelineFilter.ALL, 10, 0)).isEmpty();
    assertThat(pipelines().count(elsewhere, PipelineFilter.ALL, 10)).isZero();
  }

  @Test
  void listsThoseThatEachFilterMeans() {
    add(first, second);
    addAs(first, of(first, "orders", "nightly"));
    addAs(second, of(second, "events", "hourly"));
    var failed = save(second, ended(second, StateName.FAILED));

    assertThat(runsOf(named(Optional.of("orders"), Optional.empty()))).containsExactly(first);
    assertThat(runsOf(named(Optional.empty(), Optional.of("hourly")))).containsExactly(failed);
    assertThat(runsOf(named(Optional.of("orders"), Optional.of("hourly")))).isEmpty();
    assertThat(runsOf(in(Set.of(StateName.FAILED, StateName.TIMED_OUT)))).containsExactly(failed);
    assertThat(runsOf(in(Set.of(StateName.SUCCEEDED)))).isEmpty();
    assertThat(runsOf(times(NOON, NOON, NOON, NOON))).containsExactly(failed, first);
    var later = NOON.plusNanos(1_000);
    assertThat(runsOf(times(later, later, NOON, NOON))).isEmpty();
    assertThat(runsOf(times(NOON, NOON, later, later))).isEmpty();
  }

  @Test
  void takesTheCreationForTheStartOfWhatHasNotStarted() {
    var waiting =
        Run.begun(
            first.path(),
            first.organization(),
            first.space(),
            first.name(),
            first.origin(),
            first.labels(),
            null,
            new RunState.Pending(),
            null,
            NOON);
    add(waiting);
    addAs(waiting, plain(waiting));

    assertThat(runsOf(times(NOON, NOON, NOON, NOON))).containsExactly(waiting);
  }

  @Test
  void countsNoFurtherThanAsked() {
    add(first, second, task);
    addAs(first, plain(first));
    addAs(second, plain(second));
    addAs(task, plain(task));

    assertThat(pipelines().count(OF_ACME, PipelineFilter.ALL, 2)).isEqualTo(2);
    assertThat(pipelines().count(OF_ACME, PipelineFilter.ALL, 10)).isEqualTo(3);
  }

  @Test
  void showsNoRunThatIsBeingDeletedAndGoesWithIt() {
    add(first, second, task);
    addAs(first, plain(first));
    addAs(task, plain(task));
    mark(second);

    assertThat(runsOf(PipelineFilter.ALL)).containsExactly(first);
    sweep(second, 100);
    assertThat(pipelines().findAll(List.of(first.id(), task.id()))).containsOnlyKeys(first.id());
  }

  private List<Run> runsOf(PipelineFilter filter) {
    var found = pipelines().newestFirst(OF_ACME, filter, 100, 0);
    assertThat(pipelines().count(OF_ACME, filter, 100)).isEqualTo(found.size());
    return found.stream().map(Listed::run).toList();
  }

  private void addAs(Run run, PipelineRun pipeline) {
    stores().write(() -> pipelines().add(run, pipeline));
  }

  private static PipelineRun plain(Run run) {
    return of(run, "", "");
  }

  private static PipelineRun of(Run run, String contract, String pipeline) {
    var facts =
        new PipelineFacts(
            Optional.of(new ContractId(contract)),
            Optional.empty(),
            Optional.empty(),
            Optional.of(pipeline),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new PipelineRun(run.id(), facts, PipelineDocument.EMPTY, Optional.empty(), ETL, 1);
  }

  private static PipelineFilter named(Optional<String> contract, Optional<String> pipeline) {
    return new PipelineFilter(
        contract,
        pipeline,
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static PipelineFilter in(Set<StateName> states) {
    return new PipelineFilter(
        Optional.empty(),
        Optional.empty(),
        states,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static PipelineFilter times(
      Instant createdFrom, Instant createdTo, Instant startedFrom, Instant startedTo) {
    return new PipelineFilter(
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.of(createdFrom),
        Optional.of(createdTo),
        Optional.of(startedFrom),
        Optional.of(startedTo));
  }

  private PipelineRuns pipelines() {
    return stores().pipelineRuns();
  }
}
