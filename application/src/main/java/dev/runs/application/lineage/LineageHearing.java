package dev.runs.application.lineage;

import dev.runs.application.Caller;
import dev.runs.application.lineage.EarlyLineage.Early;
import dev.runs.application.pipeline.PipelineRuns;
import dev.runs.application.run.NewRun;
import dev.runs.application.run.NewRunWriter;
import dev.runs.application.run.NewRunWriter.Order;
import dev.runs.application.run.ReportWriter;
import dev.runs.application.run.Runs;
import dev.runs.application.secret.InputCheck;
import dev.runs.application.validation.NewValidation;
import dev.runs.application.validation.ValidationWriter;
import dev.runs.application.validation.ValidationWriter.Place;
import dev.runs.domain.access.Reach;
import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.lineage.AssertedDataset;
import dev.runs.domain.lineage.Assertion;
import dev.runs.domain.lineage.LineageEvent;
import dev.runs.domain.pipeline.PipelineDocument;
import dev.runs.domain.pipeline.PipelineFacts;
import dev.runs.domain.pipeline.PipelineRejected;
import dev.runs.domain.pipeline.PipelineRun;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunReport;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import dev.runs.domain.secret.Credentials;
import dev.runs.domain.secret.Input;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Hears events of lineage, as part of a transaction, with everything that follows from them.
 *
 * <p>Whatever the order in which the events of a run come, the same becomes of it: it has started
 * at the earliest moment of which any of them tells, it ends when one says so, and its validations
 * are recorded once, before its end is weighed against them.
 */
public final class LineageHearing {

  private static final int TRIES = 10;

  /** The states that an event of failure reads as. */
  private static final Set<StateName> FAILED = EnumSet.of(StateName.FAILED, StateName.TIMED_OUT);

  /** What became of an event. */
  sealed interface Outcome {

    /**
     * It was heard.
     *
     * @param isNew whether the run is there because of it
     */
    record Told(Run run, boolean isNew) implements Outcome {}

    /** It is kept until the parent of its run is there. */
    record Waits(LineageKey awaited) implements Outcome {}
  }

  private final LineageRuns lineageRuns;
  private final EarlyLineage early;
  private final Runs runs;
  private final NewRunWriter newRuns;
  private final PipelineRuns pipelines;
  private final MetadataMerge metadata;
  private final ValidationWriter validations;
  private final ReportWriter reports;
  private final InputCheck inputCheck;
  private final InstantSource clock;

  public LineageHearing(
      LineageRuns lineageRuns,
      EarlyLineage early,
      Runs runs,
      NewRunWriter newRuns,
      PipelineRuns pipelines,
      MetadataMerge metadata,
      ValidationWriter validations,
      ReportWriter reports,
      InputCheck inputCheck,
      InstantSource clock) {
    this.lineageRuns = lineageRuns;
    this.early = early;
    this.runs = runs;
    this.newRuns = newRuns;
    this.pipelines = pipelines;
    this.metadata = metadata;
    this.validations = validations;
    this.reports = reports;
    this.inputCheck = inputCheck;
    this.clock = clock;
  }

  /** Does a transaction again that met another one in the way, which it will see in time then. */
  static <T> T retrying(Supplier<T> transaction) {
    for (var attempt = 1; ; attempt++) {
      try {
        return NewRunWriter.retrying(transaction);
      } catch (LineageRuns.Taken
          | RunRejected.ChangedMeanwhile
          | PipelineRejected.ChangedMeanwhile e) {
        if (attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  /**
   * @param caller whose reach lies within the organization in which it acts
   * @param mayWait whether the event waits for the parent of its run; one that may not makes its
   *     run a root
   */
  Outcome hear(Caller caller, LineageEvent event, boolean mayWait) {
    var key = new LineageKey(caller.organization(), event.run());
    var given = given(event);
    inputCheck.refuseCredentials(key.organization(), Credentials.in(given));
    var known = lineageRuns.find(key);
    if (known.isPresent()) {
      var run = runs.get(caller.reach(), known.get());
      return new Outcome.Told(tell(caller, run, event, given), false);
    }
    var above = mayWait ? parent(key, event) : Optional.<LineageKey>empty();
    var parent = above.flatMap(this::find);
    if (above.isPresent() && parent.isEmpty()) {
      early.keep(
          new Early(
              above.get(),
              event,
              caller.principal(),
              caller.reach().in(key.organization()).orElseThrow(),
              clock.instant()));
      return new Outcome.Waits(above.get());
    }
    var run = make(caller, event, parent, given);
    lineageRuns.add(key, run.id());
    return new Outcome.Told(tell(caller, run, event, given), true);
  }

  /**
   * The run that executors name so, or the run of this service with this id: a run that was made
   * otherwise can be named as a parent too.
   */
  Optional<Run> find(LineageKey key) {
    var id = lineageRuns.find(key).orElse(new RunId(key.id().value()));
    return runs.find(Reach.within(key.organization()), id);
  }

  /**
   * What an event without a parent does not say, another one of its run has perhaps said that waits
   * for it.
   */
  private Optional<LineageKey> parent(LineageKey key, LineageEvent event) {
    return event
        .parent()
        .map(above -> new LineageKey(key.organization(), above))
        .or(() -> early.firstAbout(key).map(kept -> kept.early().awaits()));
  }

  /** It runs until its end is told, be it in the same breath: only what runs can be held back. */
  private Run make(Caller caller, LineageEvent event, Optional<Run> parent, Input given) {
    var order =
        Order.of(
            caller,
            NewRun.begun(
                caller.organization(),
                Optional.empty(),
                new RunOrigin(PipelineFacts.SERVICE, event.job().shortName()),
                parent.map(Run::id).map(NewRun.Parent.Existing::new),
                given,
                new NewRun.Standing(
                    new RunState.Running(), Optional.of(event.notAfter(clock.instant())))));
    return newRuns.writeOne(order).run();
  }

  /** The run before what makes it one of a pipeline, as everybody changes them. */
  private Run tell(Caller caller, Run run, LineageEvent event, Input given) {
    var now = clock.instant();
    for (var dataset : event.datasets()) {
      validations.write(
          Place.of(run, caller.principal()),
          validation(run, event, dataset, given),
          Optional.of("lineage:" + run.id() + ":" + dataset.digest()),
          now);
    }
    var started = started(run, event.notAfter(now));
    var told =
        event
            .end(now)
            .map(end -> reports.write(caller.principal(), started, report(end, now)))
            .orElse(started);
    describe(caller, told, event);
    return told;
  }

  private void describe(Caller caller, Run run, LineageEvent event) {
    var known = pipelines.findToEdit(run.id());
    if (known.isEmpty()) {
      var told = metadata.merged(PipelineDocument.EMPTY, event.metadata());
      pipelines.add(
          run,
          new PipelineRun(run.id(), facts(event), told, Optional.empty(), caller.principal(), 1));
      return;
    }
    var before = known.get();
    var merged = merged(before.metadata(), event.metadata());
    if (!merged.equals(before.metadata())) {
      pipelines.save(before.with(merged, Optional.empty()));
    }
  }

  /** Metadata that its owner has filled to the brim stays as it is. */
  private PipelineDocument merged(PipelineDocument known, Map<String, String> told) {
    try {
      return metadata.merged(known, told);
    } catch (PipelineRejected.DocumentTooLarge _) {
      return known;
    }
  }

  private static PipelineFacts facts(LineageEvent event) {
    return new PipelineFacts(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(event.job().shortName()),
        Optional.of(event.run().toString()),
        Optional.empty(),
        Optional.empty());
  }

  private static NewValidation validation(
      Run run, LineageEvent event, AssertedDataset dataset, Input given) {
    return new NewValidation(
        Optional.of(run.id()),
        Optional.empty(),
        dataset.contract(),
        Optional.empty(),
        Optional.of(dataset.schemaName()),
        Optional.empty(),
        Optional.of(event.run().toString()),
        dataset.verdict(),
        dataset.counts(),
        Optional.empty(),
        dataset.findings(Assertion.Severity.ERROR),
        dataset.findings(Assertion.Severity.WARN),
        Optional.empty(),
        PipelineDocument.EMPTY,
        given);
  }

  private Run started(Run run, Instant at) {
    var started = run.startedBy(at);
    if (!started.equals(run)) {
      runs.saveAll(List.of(started), List.of(Attempt.currentOf(started)));
    }
    return started;
  }

  private static RunReport report(RunState.Terminal end, Instant now) {
    return RunReport.byClient(
        end, end.name() == StateName.FAILED ? FAILED : Set.of(end.name()), now);
  }

  /** All that is kept of an event, but for the error, which is kept like any failure's. */
  private static Input given(LineageEvent event) {
    var facets = new LinkedHashMap<String, Input>();
    event
        .kind()
        .ifPresent(kind -> {
          var texts = new LinkedHashMap<String, Input>();
          texts.put("processingType", new Input.Text(kind.processing()));
          texts.put("integration", new Input.Text(kind.integration()));
          kind.type().ifPresent(type -> texts.put("jobType", new Input.Text(type)));
          facets.put("jobType", new Input.Members(texts));
        });
    var job = new LinkedHashMap<String, Input>();
    job.put("namespace", new Input.Text(event.job().namespace()));
    job.put("name", new Input.Text(event.job().name()));
    job.put("facets", new Input.Members(facets));
    var members = new LinkedHashMap<String, Input>();
    members.put("producer", new Input.Text(event.producer()));
    members.put("job", new Input.Members(job));
    members.put(
        "datasets",
        new Input.Elements(event.datasets().stream().map(LineageHearing::given).toList()));
    return new Input.Members(members);
  }

  private static Input given(AssertedDataset dataset) {
    var members = new LinkedHashMap<String, Input>();
    members.put("namespace", new Input.Text(dataset.namespace()));
    members.put("name", new Input.Text(dataset.name()));
    members.put(
        "assertions",
        new Input.Elements(dataset.assertions().stream().map(LineageHearing::given).toList()));
    return new Input.Members(members);
  }

  private static Input given(Assertion assertion) {
    var texts = new LinkedHashMap<String, Input>();
    texts.put("assertion", new Input.Text(assertion.name()));
    assertion.column().ifPresent(text -> texts.put("column", new Input.Text(text)));
    assertion.description().ifPresent(text -> texts.put("description", new Input.Text(text)));
    return new Input.Members(texts);
  }
}
