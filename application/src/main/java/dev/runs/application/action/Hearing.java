package dev.runs.application.action;

import dev.runs.application.ItemResult;
import dev.runs.application.action.AttemptReports.Happened;
import dev.runs.application.action.AttemptReports.SeenEvent;
import dev.runs.application.action.EarlyReports.EarlyReport;
import dev.runs.application.event.RunEvents;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.run.EndReasons;
import dev.runs.application.run.Runs;
import dev.runs.application.run.SuccessReports;
import dev.runs.domain.Rejection;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Slug;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ActionError;
import dev.runs.domain.action.ActionEvent;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.ActionRejected;
import dev.runs.domain.action.ActionStatus;
import dev.runs.domain.action.AttemptKey;
import dev.runs.domain.action.AttemptReport;
import dev.runs.domain.action.ExecutorReport;
import dev.runs.domain.action.NewAction;
import dev.runs.domain.action.StatusReport;
import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.queue.ErrorText;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Dispatch;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunReport;
import dev.runs.domain.run.RunReport.Reporter;
import dev.runs.domain.run.StateName;
import dev.runs.domain.validation.FailedValidation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hears reports of executors, as part of a transaction, with everything that follows from them. */
public final class Hearing {

  private static final int TRIES = 10;

  /** A report and who makes it. */
  record Told(ExecutorReport report, Principal actor, Reach reach) {}

  /**
   * @param results of each report, in their order
   * @param lookFor actions that were made or are waited for; after the commit somebody must look
   *     for reports on them
   */
  record HeardAll(List<ItemResult<Heard>> results, Set<ActionAddress> lookFor) {}

  /** How many early reports were heard. */
  record Released(int reports, Set<ActionAddress> lookFor) {}

  private final NewActions newActions;
  private final Runs runs;
  private final Actions actions;
  private final AttemptReports attempts;
  private final EarlyReports early;
  private final EndReasons endReasons;
  private final SuccessReports successReports;
  private final Ledger ledger;
  private final RunEvents events;
  private final InstantSource clock;

  public Hearing(
      NewActions newActions,
      Runs runs,
      Actions actions,
      AttemptReports attempts,
      EarlyReports early,
      EndReasons endReasons,
      SuccessReports successReports,
      Ledger ledger,
      RunEvents events,
      InstantSource clock) {
    this.newActions = newActions;
    this.runs = runs;
    this.actions = actions;
    this.attempts = attempts;
    this.early = early;
    this.endReasons = endReasons;
    this.successReports = successReports;
    this.ledger = ledger;
    this.events = events;
    this.clock = clock;
  }

  /** Does a transaction again that met another one in the way, which it will see in time then. */
  static <T> T retrying(Supplier<T> transaction) {
    for (var attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (Runs.NameTaken
          | RunRejected.ChangedMeanwhile
          | RunRejected.ParentNotFound
          | AccessRejected.SlugTaken e) {
        if (attempt == TRIES || (e instanceof RunRejected.ParentNotFound p && !p.isLate())) {
          throw e;
        }
      }
    }
  }

  /** Hears reports, and those that waited for the actions that came with them. */
  HeardAll hear(List<Told> told) {
    var batch = new Batch(told, clock.instant());
    batch.hear();
    var lookFor = new HashSet<>(batch.awaited);
    if (!batch.made.isEmpty()) {
      lookFor.addAll(batch.made);
      lookFor.addAll(hearWaiting(batch.made, EarlyHearing.MOST_AT_ONCE).lookFor());
    }
    return new HeardAll(batch.results(), lookFor);
  }

  /**
   * Hears some of what waits for these actions, which are there. What is refused of it is dropped,
   * for nobody waits for an answer.
   */
  Released hearWaiting(Collection<ActionAddress> there, int most) {
    var taken = early.take(there, most);
    if (taken.isEmpty()) {
      return new Released(0, Set.of());
    }
    var heard =
        hear(
            taken.stream()
                .map(waiting -> new Told(waiting.report(), waiting.actor(), Reach.everywhere()))
                .toList());
    return new Released(taken.size(), heard.lookFor());
  }

  /** The reports that are heard in one transaction, and what has become of their runs so far. */
  private final class Batch {

    private final List<Told> told;
    private final Instant now;
    private final List<@Nullable ItemResult<Heard>> results;
    private final Map<ActionAddress, Run> found = new HashMap<>();
    private final Map<RunId, List<FailedValidation>> against = new HashMap<>();
    private final Map<RunId, ActionStatus> statuses = new HashMap<>();
    private final Set<RunId> changedStatuses = new LinkedHashSet<>();
    private final Map<AttemptKey, AttemptReport> reports = new TreeMap<>();
    private final Set<AttemptKey> changedReports = new LinkedHashSet<>();
    private final Map<AttemptKey, Attempt> rows = new TreeMap<>();
    private final List<Run> moves = new ArrayList<>();
    private final List<Delta> deltas = new ArrayList<>();
    private final List<RunEvent> news = new ArrayList<>();
    private final Map<AttemptKey, Principal> changedAttempts = new LinkedHashMap<>();
    private final List<EarlyReport> tooEarly = new ArrayList<>();
    private final Set<ActionAddress> made = new LinkedHashSet<>();
    private final Set<ActionAddress> awaited = new LinkedHashSet<>();

    /** What is said of an action in the same breath as it is refused is refused as well. */
    private final Map<ActionAddress, Rejection> notMade = new HashMap<>();

    Batch(List<Told> told, Instant now) {
      this.told = told;
      this.now = now;
      this.results = new ArrayList<>(told.size());
    }

    List<ItemResult<Heard>> results() {
      return results.stream().map(Objects::requireNonNull).toList();
    }

    void hear() {
      find();
      hold();
      against.putAll(successReports.against(successful()));
      for (var one : told) {
        results.add(checked(one));
      }
      make();
      for (var i = 0; i < told.size(); i++) {
        hearStatus(i);
      }
      hearEvents();
      store();
    }

    // ---- what is there

    private void find() {
      var addresses = new HashSet<ActionAddress>();
      for (var one : told) {
        addresses.add(one.report().about());
        var action = newAction(one.report());
        if (action != null) {
          addresses.add(action.address().run().root());
          addresses.add(action.parentAddress());
        }
      }
      found.putAll(actions.findAll(addresses));
    }

    /** Holds the runs that are going to be changed, and reads again how they are then. */
    private void hold() {
      var about = new HashSet<RunId>();
      for (var one : told) {
        var run = found.get(one.report().about());
        if (run != null) {
          about.add(run.id());
        }
      }
      if (about.isEmpty()) {
        return;
      }
      statuses.putAll(actions.statuses(about));
      var changing = new HashSet<RunId>();
      for (var one : told) {
        var run = found.get(one.report().about());
        if (run != null && isNews(one.report(), run)) {
          changing.add(run.id());
        }
      }
      if (changing.isEmpty()) {
        return;
      }
      var held = actions.hold(changing);
      found.replaceAll((_, run) -> held.getOrDefault(run.id(), run));
      found.values().removeIf(run -> changing.contains(run.id()) && !held.containsKey(run.id()));
      changing.forEach(statuses::remove);
      statuses.putAll(actions.statuses(changing));
    }

    /** The runs that somebody says have succeeded. */
    private Set<RunId> successful() {
      var runs = new HashSet<RunId>();
      for (var one : told) {
        var run = found.get(one.report().about());
        if (run != null && tellsSuccess(one.report())) {
          runs.add(run.id());
        }
      }
      return runs;
    }

    private static boolean tellsSuccess(ExecutorReport report) {
      return switch (report) {
        case ExecutorReport.Recorded _ -> false;
        case ExecutorReport.Status(_, var said) -> isSuccess(said.phase());
        case ExecutorReport.Event(var event) -> isSuccess(event.phase());
        case ExecutorReport.Update(var update) -> {
          var status = update.status();
          yield isSuccess(update.event().phase()) || (status != null && isSuccess(status.phase()));
        }
      };
    }

    private static boolean isSuccess(ActionPhase phase) {
      return phase.state() == StateName.SUCCEEDED;
    }

    /** Whether a report may change something, as far as can be seen without holding the run. */
    private boolean isNews(ExecutorReport report, Run run) {
      var status = statusOf(run);
      return switch (report) {
        case ExecutorReport.Recorded _ -> !status.sendsStatus();
        case ExecutorReport.Status(_, var said) ->
            !said.phase().alike().contains(run.stateName())
                || said.attempts() > run.attempt()
                || !status.with(said, false).equals(status);
        case ExecutorReport.Event _, ExecutorReport.Update _ -> true;
      };
    }

    private @Nullable ItemResult<Heard> checked(Told one) {
      var about = one.report().about().run();
      var isWithin =
          one.reach() instanceof Reach.Everywhere
              || slug(about.project())
                  .map(slug -> one.reach().includes(about.organization(), slug))
                  .orElse(false);
      return isWithin
          ? null
          : new ItemResult.Refused<>(new ActionRejected.NotFound(one.report().about()));
    }

    private static Optional<Slug> slug(String project) {
      try {
        return Optional.of(new Slug(project));
      } catch (AccessRejected.BadSlug _) {
        return Optional.empty();
      }
    }

    private static @Nullable NewAction newAction(ExecutorReport report) {
      return switch (report) {
        case ExecutorReport.Recorded(var action) -> action;
        case ExecutorReport.Update(var update) -> update.action();
        case ExecutorReport.Status _, ExecutorReport.Event _ -> null;
      };
    }

    // ---- new actions

    private void make() {
      var canceled = newActions.canceledAmong(parentsOfNew());
      var added = new ArrayList<Actions.Added>();
      var actors = new ArrayList<Principal>();
      for (var i = 0; i < told.size(); i++) {
        var one = told.get(i);
        if (results.get(i) != null) {
          continue;
        }
        var action = newAction(one.report());
        var run = found.get(one.report().about());
        var refusal = notMade.get(one.report().about());
        if (run != null) {
          if (action != null) {
            noteSender(run);
          }
          if (one.report() instanceof ExecutorReport.Recorded) {
            results.set(i, new ItemResult.Done<>(Heard.KNOWN));
          }
        } else if (refusal != null) {
          results.set(i, new ItemResult.Refused<>(refusal));
        } else if (action == null) {
          wait(i, one.report().about());
        } else {
          makeOne(i, action, canceled, added, actors);
        }
      }
      if (!added.isEmpty()) {
        newActions.add(added, actors);
      }
    }

    private void makeOne(
        int place,
        NewAction action,
        Set<RunPath> canceled,
        List<Actions.Added> added,
        List<Principal> actors) {
      var one = told.get(place);
      var root = action.address().run().root();
      var parent = found.get(action.parentAddress());
      if (!found.containsKey(root) || parent == null) {
        wait(place, found.containsKey(root) ? action.parentAddress() : root);
        return;
      }
      try {
        if (canceled.contains(parent.path())) {
          throw NewActions.canceledAbove();
        }
        var run = newActions.run(action, parent, now);
        var its = NewActions.added(run, action);
        added.add(its);
        actors.add(one.actor());
        found.put(action.address(), run);
        statuses.put(run.id(), its.status());
        made.add(action.address());
        if (one.report() instanceof ExecutorReport.Recorded) {
          results.set(place, new ItemResult.Done<>(Heard.NEWS));
        }
      } catch (Rejection rejection) {
        notMade.put(action.address(), rejection);
        results.set(place, new ItemResult.Refused<>(rejection));
      }
    }

    private Set<RunPath> parentsOfNew() {
      var parents = new HashSet<RunPath>();
      for (var one : told) {
        var action = newAction(one.report());
        if (action != null && !found.containsKey(action.address())) {
          var parent = found.get(action.parentAddress());
          if (parent != null) {
            parents.add(parent.path());
          }
        }
      }
      return parents;
    }

    private void wait(int place, ActionAddress awaits) {
      var one = told.get(place);
      tooEarly.add(new EarlyReport(awaits, one.report(), one.actor(), now));
      awaited.add(awaits);
      results.set(place, new ItemResult.Done<>(Heard.EARLY));
    }

    private void noteSender(Run run) {
      var status = statusOf(run);
      if (!status.sendsStatus() && run.dispatch() == Dispatch.TRACKED) {
        statuses.put(run.id(), status.ofSender());
        changedStatuses.add(run.id());
      }
    }

    // ---- statuses

    private void hearStatus(int place) {
      if (results.get(place) != null) {
        return;
      }
      var one = told.get(place);
      var address = one.report().about();
      try {
        switch (one.report()) {
          case ExecutorReport.Status(_, var report) ->
              results.set(
                  place,
                  new ItemResult.Done<>(
                      status(address, report, null, one.actor()) ? Heard.NEWS : Heard.KNOWN));
          case ExecutorReport.Update(var update) -> {
            requireTracked(address);
            var report = update.status();
            if (report != null) {
              status(address, report, update.event().error(), one.actor());
            }
          }
          case ExecutorReport.Event _ -> requireTracked(address);
          case ExecutorReport.Recorded _ ->
              throw new IllegalStateException("answered when the action was made");
        }
      } catch (Rejection rejection) {
        results.set(place, new ItemResult.Refused<>(rejection));
      }
    }

    private void requireTracked(ActionAddress address) {
      var run = run(address);
      if (run.dispatch() == Dispatch.QUEUED) {
        throw new RunRejected.LeasedElsewhere(run.id());
      }
    }

    /**
     * @param told what an event says in the same breath of why it failed; null for nothing
     */
    private boolean status(
        ActionAddress address, StatusReport report, @Nullable ActionError told, Principal actor) {
      var run = run(address);
      var phase = report.phase();
      var isLate =
          run.stateName().isTerminal() && !phase.isTerminal() && report.attempts() <= run.attempt();
      var at = within(momentOf(report), run);
      var after =
          isLate
              ? run
              : run.report(
                  weighed(
                      run,
                      new RunReport(
                          phase.toState(
                              within(report.endedAt(), run), failureOf(run, report, told)),
                          phase.alike(),
                          report.attempts(),
                          Reporter.EXECUTOR,
                          at)));
      if (run.dispatch() == Dispatch.QUEUED) {
        return false;
      }
      var isMoved = !after.equals(run);
      var before = statusOf(run);
      var said = before.with(report, isMoved);
      if (!said.equals(before)) {
        statuses.put(run.id(), said);
        changedStatuses.add(run.id());
      }
      if (isMoved) {
        moved(address, run, after, actor);
        rows.put(new AttemptKey(after.id(), after.attempt()), Attempt.currentOf(after));
        var reason = report.abortReason();
        if (phase == ActionPhase.ABORTED && reason != null && !reason.isEmpty()) {
          endReasons.addAll(List.of(after.id()), ErrorText.capped(reason), actor);
        }
      } else if (!said.withoutSender().equals(before.withoutSender())) {
        changedAttempts.putIfAbsent(new AttemptKey(run.id(), currentAttempt(run)), actor);
      }
      return isMoved || !said.equals(before);
    }

    private static @Nullable Instant momentOf(StatusReport report) {
      return report.phase().isTerminal() ? report.endedAt() : null;
    }

    private @Nullable RunFailure failureOf(
        Run run, StatusReport report, @Nullable ActionError told) {
      if (report.phase() != ActionPhase.FAILED) {
        return null;
      }
      var said = report.error() == null ? told : report.error();
      if (said != null) {
        return said.toFailure();
      }
      var number = report.attempts() == 0 ? currentAttempt(run) : report.attempts();
      var key = new AttemptKey(run.id(), number);
      var known = attempts.findAll(List.of(key)).get(key);
      var error = known == null ? null : known.error();
      return error == null ? null : error.toFailure();
    }

    // ---- events

    private void hearEvents() {
      var places = new ArrayList<Integer>();
      var heard = new ArrayList<ActionEvent>();
      var seen = new ArrayList<SeenEvent>();
      for (var i = 0; i < told.size(); i++) {
        var event = eventOf(told.get(i).report());
        if (results.get(i) == null && event != null) {
          var run = run(event.action());
          var numbered =
              event.ofAttempt(event.attempt() == 0 ? currentAttempt(run) : event.attempt());
          places.add(i);
          heard.add(numbered);
          seen.add(
              new SeenEvent(
                  new AttemptKey(run.id(), numbered.attempt()),
                  event.phase(),
                  event.version(),
                  event.updatedAt()));
        }
      }
      if (heard.isEmpty()) {
        return;
      }
      var isNew = attempts.addSeen(seen, now);
      reports.putAll(
          attempts.findAll(new HashSet<>(seen.stream().map(SeenEvent::attempt).toList())));
      var happened = new ArrayList<Happened>();
      var happenedTo = new ArrayList<Principal>();
      for (var i = 0; i < heard.size(); i++) {
        var actor = told.get(places.get(i)).actor();
        if (isNew.get(i)) {
          var key = seen.get(i).attempt();
          event(key, heard.get(i), actor);
          for (var event : heard.get(i).clusterEvents()) {
            happened.add(new Happened(key, event));
            happenedTo.add(actor);
          }
        }
        results.set(
            places.get(i),
            new ItemResult.Done<>(
                isNew.get(i) || made.contains(heard.get(i).action()) ? Heard.NEWS : Heard.KNOWN));
      }
      tellClusterEvents(happened, happenedTo);
    }

    private void tellClusterEvents(List<Happened> happened, List<Principal> actors) {
      if (happened.isEmpty()) {
        return;
      }
      var isNew = attempts.addClusterEvents(happened, now);
      var counts = new LinkedHashMap<AttemptKey, Integer>();
      var actorOf = new HashMap<AttemptKey, Principal>();
      for (var i = 0; i < happened.size(); i++) {
        if (isNew.get(i)) {
          counts.merge(happened.get(i).attempt(), 1, Integer::sum);
          actorOf.putIfAbsent(happened.get(i).attempt(), actors.get(i));
        }
      }
      var byId = byId();
      counts.forEach((attempt, count) ->
          news.add(
              RunEvent.clusterEvents(
                  Objects.requireNonNull(byId.get(attempt.run())),
                  attempt.number(),
                  count,
                  Objects.requireNonNull(actorOf.get(attempt)),
                  now)));
    }

    private static @Nullable ActionEvent eventOf(ExecutorReport report) {
      return switch (report) {
        case ExecutorReport.Event(var event) -> event;
        case ExecutorReport.Update(var update) -> update.event();
        case ExecutorReport.Recorded _, ExecutorReport.Status _ -> null;
      };
    }

    private void event(AttemptKey key, ActionEvent event, Principal actor) {
      var before = reports.get(key);
      var after = before == null ? AttemptReport.first(event) : before.with(event);
      reports.put(key, after);
      changedReports.add(key);
      changedAttempts.putIfAbsent(key, actor);
      var run = run(event.action());
      var to = phaseOfRun(run, key.number(), event, before, after);
      if (to != null) {
        var error = event.error();
        var report =
            new RunReport(
                to.toState(
                    within(event.updatedAt(), run), error == null ? null : error.toFailure()),
                to.alike(),
                key.number(),
                Reporter.EXECUTOR,
                within(event.updatedAt(), run));
        var moved = run.report(weighed(run, report));
        if (!moved.equals(run)) {
          moved(event.action(), run, moved, actor);
        }
      }
      rows.put(key, row(key, after, run(event.action())));
    }

    /** The phase to which an event moves its run; null when it leaves the run where it is. */
    private @Nullable ActionPhase phaseOfRun(
        Run run,
        int number,
        ActionEvent event,
        @Nullable AttemptReport before,
        AttemptReport after) {
      var opens = number > run.attempt();
      var isOver =
          opens
              ? run.stateName() == StateName.SUCCEEDED || run.stateName() == StateName.CANCELED
              : number < run.attempt() || run.stateName().isTerminal();
      if (isOver) {
        return null;
      }
      if (event.phase().isTerminal()) {
        var ends = after.phase() == event.phase() && mayEnd(statusOf(run), event.phase());
        var stays = opens ? ActionPhase.RUNNING : null;
        return ends ? event.phase() : stays;
      }
      var isFurther = before == null || before.livePhase() != after.livePhase();
      return opens || isFurther ? after.livePhase() : null;
    }

    /** Whether the event of an attempt alone ends the run. */
    private static boolean mayEnd(ActionStatus status, ActionPhase phase) {
      return !status.sendsStatus() || phase.state() == StateName.SUCCEEDED;
    }

    private static Attempt row(AttemptKey key, AttemptReport report, Run run) {
      var isEndedByRun =
          !report.phase().isTerminal()
              && run.stateName().isTerminal()
              && run.attempt() == key.number();
      if (isEndedByRun) {
        var current = Attempt.currentOf(run);
        return new Attempt(
            run.id(),
            key.number(),
            current.phase(),
            report.startedAt(),
            current.endedAt(),
            null,
            current.failure(),
            null,
            false);
      }
      var error = report.phase() == ActionPhase.FAILED ? report.error() : null;
      return new Attempt(
          run.id(),
          key.number(),
          report.phase().state(),
          report.startedAt(),
          report.endedAt(),
          null,
          report.phase() == ActionPhase.FAILED ? failure(error) : null,
          null,
          false);
    }

    private static RunFailure failure(@Nullable ActionError error) {
      return error == null ? RunFailure.UNEXPLAINED : error.toFailure();
    }

    // ---- what both have in common

    private Run run(ActionAddress address) {
      return Objects.requireNonNull(found.get(address), "an action that is there");
    }

    private ActionStatus statusOf(Run run) {
      return statuses.getOrDefault(run.id(), ActionStatus.NONE);
    }

    private static int currentAttempt(Run run) {
      return Math.max(1, run.attempt());
    }

    /** A moment by somebody else's clock, as far as it fits between what is known. */
    private Instant within(@Nullable Instant moment, Run run) {
      if (moment == null || moment.isAfter(now)) {
        return now;
      }
      return moment.isBefore(run.updatedAt()) ? run.updatedAt() : moment;
    }

    /** A report as it counts, given what stands against the success of its run. */
    private RunReport weighed(Run run, RunReport report) {
      return SuccessReports.weigh(run, report, against.getOrDefault(run.id(), List.of())).report();
    }

    private void moved(ActionAddress address, Run before, Run after, Principal actor) {
      found.put(address, after);
      moves.add(after);
      deltas.addAll(Delta.ofMove(before, after));
      news.add(RunEvent.moved(after, before.stateName(), actor, reason(after)));
    }

    /** What stood against the success of a run that has ended all the same, or therefore. */
    private Optional<String> reason(Run after) {
      var failed = against.getOrDefault(after.id(), List.of());
      var isAnswer = after.stateName() == StateName.SUCCEEDED || after.isRefusedByVerdict();
      return isAnswer && !failed.isEmpty()
          ? Optional.of(SuccessReports.sentence(failed))
          : Optional.empty();
    }

    private Map<RunId, Run> byId() {
      var byId = new HashMap<RunId, Run>();
      found.values().forEach(run -> byId.put(run.id(), run));
      return byId;
    }

    private void store() {
      runs.saveAll(moves, List.copyOf(rows.values()));
      if (!changedStatuses.isEmpty()) {
        var changed = new HashMap<RunId, ActionStatus>();
        changedStatuses.forEach(
            id -> changed.put(id, statuses.getOrDefault(id, ActionStatus.NONE)));
        actions.saveStatuses(changed);
      }
      if (!changedReports.isEmpty()) {
        var changed = new TreeMap<AttemptKey, AttemptReport>();
        changedReports.forEach(key -> changed.put(key, Objects.requireNonNull(reports.get(key))));
        attempts.saveAll(changed);
      }
      var byId = byId();
      changedAttempts.forEach((key, actor) ->
          news.add(
              RunEvent.attemptChanged(
                  Objects.requireNonNull(byId.get(key.run())), key.number(), actor, now)));
      ledger.add(Delta.merged(deltas));
      if (!news.isEmpty()) {
        events.add(news);
      }
      if (!tooEarly.isEmpty()) {
        early.keepAll(tooEarly);
      }
    }
  }
}
