package dev.runs.application.action;

import dev.runs.application.Caller;
import dev.runs.application.Ids;
import dev.runs.application.access.Projects;
import dev.runs.application.event.RunEvents;
import dev.runs.application.queue.Cancellations;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.run.Runs;
import dev.runs.application.secret.InputCheck;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Description;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Project;
import dev.runs.domain.access.ProjectId;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Slug;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ActionFacts;
import dev.runs.domain.action.ActionRejected;
import dev.runs.domain.action.ActionStatus;
import dev.runs.domain.action.ActionType;
import dev.runs.domain.action.Document;
import dev.runs.domain.action.NewAction;
import dev.runs.domain.action.RunAddress;
import dev.runs.domain.action.TaskGiven;
import dev.runs.domain.action.TriggerFacts;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunSpace;
import dev.runs.domain.run.RunState;
import dev.runs.domain.secret.Credentials;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes the runs that executors drive, as part of a transaction. */
public final class NewActions {

  /** What such runs have as their service. */
  public static final String SERVICE = "flyte";

  private final Runs runs;
  private final Actions actions;
  private final Triggers triggers;
  private final Projects projects;
  private final InputCheck inputCheck;
  private final Cancellations cancellations;
  private final Ledger ledger;
  private final RunEvents events;
  private final Ids ids;
  private final InstantSource clock;
  private final RandomGenerator names;

  /**
   * @param names where generated names come from
   */
  public NewActions(
      Runs runs,
      Actions actions,
      Triggers triggers,
      Projects projects,
      InputCheck inputCheck,
      Cancellations cancellations,
      Ledger ledger,
      RunEvents events,
      Ids ids,
      InstantSource clock,
      RandomGenerator names) {
    this.runs = runs;
    this.actions = actions;
    this.triggers = triggers;
    this.projects = projects;
    this.inputCheck = inputCheck;
    this.cancellations = cancellations;
    this.ledger = ledger;
    this.events = events;
    this.ids = ids;
    this.clock = clock;
    this.names = names;
  }

  /** What a request asks for, with what its trigger says. */
  private record Asked(
      TaskGiven task,
      @Nullable TriggerFacts trigger,
      @Nullable Document runSpec,
      Optional<Payload> inputs) {}

  /** Makes a root. */
  ActionView start(Caller caller, StartRun.Request request, Credentials found) {
    var organization = request.organization();
    inputCheck.refuseCredentials(organization, found);
    checkLabels(request.labels());
    var now = clock.instant();
    var address =
        new RunAddress(
            organization,
            request.project(),
            request.domain(),
            request.name().orElseGet(() -> RunName.generated(names).value()));
    var project = project(caller, organization, request.project(), now);
    if (request.name().isPresent() && !actions.findAll(List.of(address.root())).isEmpty()) {
      throw new ActionRejected.NameTaken(address);
    }
    var asked = asked(organization, request.work(), request);
    var run =
        Run.awaited(
            RunPath.ofRoot(new RunId(ids.next())),
            organization,
            new RunSpace(project, request.domain()),
            new RunName(address.name()),
            new RunOrigin(SERVICE, asked.task().id().name()),
            now);
    var facts = facts(request, asked);
    var status = new ActionStatus(request.startAt(), false, null, null, null, false);
    try {
      add(
          List.of(
              new Actions.Added(
                  run,
                  facts,
                  status,
                  Optional.ofNullable(asked.task().spec()),
                  request.labels(),
                  asked.inputs())),
          List.of(caller.principal()));
    } catch (Runs.NameTaken e) {
      throw request.name().isPresent() ? new ActionRejected.NameTaken(address) : e;
    }
    return new ActionView(run, address.root(), Optional.empty(), facts, status, request.labels());
  }

  /** Which of these may have nothing new below them any more. */
  Set<RunPath> canceledAmong(Collection<RunPath> parents) {
    return parents.isEmpty() ? Set.of() : cancellations.holdFrom(parents);
  }

  /**
   * The run that an action below another one becomes.
   *
   * @throws dev.runs.domain.run.RunRejected.TooDeep when the parent is too deep already
   */
  Run run(NewAction action, Run parent, Instant now) {
    var path = parent.path().child(new RunId(ids.next()));
    var start = notAfter(action.startedAt(), now);
    var end = notAfter(action.endedAt(), now);
    var origin = new RunOrigin(SERVICE, action.title());
    var name = new RunName(action.address().name());
    var organization = parent.organization();
    var space = parent.space();
    return switch (action.type()) {
      case TASK -> Run.awaited(path, organization, space, name, origin, start);
      case CONDITION -> Run.awaiting(path, organization, space, name, origin, start);
      case TRACE ->
          Run.past(
              path,
              organization,
              space,
              name,
              origin,
              start,
              new RunState.Succeeded(end.isBefore(start) ? start : end));
    };
  }

  /** Adds runs with all that follows from their being there. */
  void add(List<Actions.Added> added, List<Principal> actors) {
    var made = added.stream().map(Actions.Added::run).toList();
    runs.addAll(made);
    actions.addAll(added);
    ledger.add(Delta.merged(made.stream().flatMap(run -> Delta.ofCreated(run).stream()).toList()));
    var told = new ArrayList<RunEvent>();
    for (var i = 0; i < made.size(); i++) {
      told.add(RunEvent.created(made.get(i), actors.get(i)));
    }
    events.add(told);
  }

  static Actions.Added added(Run run, NewAction action) {
    var task = action.task();
    var spec = task == null ? null : task.spec();
    return new Actions.Added(
        run,
        action.facts(),
        new ActionStatus(action.startedAt(), false, null, action.output(), null, true),
        Optional.ofNullable(spec),
        Map.of(),
        Optional.empty());
  }

  static QueueRejected.CanceledAbove canceledAbove() {
    return new QueueRejected.CanceledAbove();
  }

  private Asked asked(OrganizationId organization, StartRun.Work work, StartRun.Request request) {
    return switch (work) {
      case StartRun.Work.Task(var task) ->
          new Asked(task, null, request.runSpec(), request.inputs());
      case StartRun.Work.Triggered(var name) -> {
        var trigger =
            triggers
                .find(organization, name)
                .orElseThrow(() -> new ActionRejected.TriggerNotFound(name));
        var inputs = trigger.inputs();
        yield new Asked(
            trigger.task(),
            trigger.facts(),
            request.runSpec() == null ? trigger.runSpec() : request.runSpec(),
            request.inputs().isPresent() || inputs == null
                ? request.inputs()
                : Optional.of(new Payload(inputs.json())));
      }
    };
  }

  private static ActionFacts facts(StartRun.Request request, Asked asked) {
    return new ActionFacts(
        ActionType.TASK,
        null,
        null,
        asked.task().facts(),
        null,
        request.inputUri(),
        request.inputsHash(),
        request.executedBy(),
        request.createdBy(),
        request.source(),
        request.relation(),
        null,
        asked.trigger(),
        asked.runSpec());
  }

  private Slug project(Caller caller, OrganizationId organization, String name, Instant now) {
    var slug = slug(name);
    if (!caller.reach().includes(organization, slug)) {
      throw new AccessRejected.UnknownProject("project");
    }
    if (projects.hold(organization, new ProjectRef.BySlug(slug)).isEmpty()) {
      projects.add(
          new Project(
              new ProjectId(ids.next()),
              organization,
              slug,
              new DisplayName(slug.value()),
              Description.NONE,
              now,
              now));
    }
    return slug;
  }

  private static Slug slug(String name) {
    try {
      return new Slug(name);
    } catch (AccessRejected.BadSlug _) {
      throw new ActionRejected.BadProject(name);
    }
  }

  private static void checkLabels(Map<String, String> labels) {
    var most = StartRun.MOST_LABEL_CHARACTERS;
    var isBad =
        labels.size() > StartRun.MOST_LABELS
            || labels.entrySet().stream()
                .anyMatch(label ->
                    label.getKey().isEmpty()
                        || label.getKey().length() > most
                        || label.getValue().length() > most);
    if (isBad) {
      throw new ActionRejected.BadLabel(StartRun.MOST_LABELS, most);
    }
  }

  private static Instant notAfter(@Nullable Instant moment, Instant now) {
    return moment == null || moment.isAfter(now) ? now : moment;
  }

  static ActionAddress addressOf(Run root, Run run) {
    var address =
        new RunAddress(
            root.organization(),
            root.space().project().value(),
            root.space().domain(),
            root.name().value());
    return run.path().isRoot() ? address.root() : address.action(run.name().value());
  }
}
