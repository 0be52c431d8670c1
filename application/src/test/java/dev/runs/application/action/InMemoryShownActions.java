package dev.runs.application.action;

import dev.runs.application.InMemoryTransactions;
import dev.runs.application.access.Organizations;
import dev.runs.domain.access.Reach;
import dev.runs.domain.action.ActionError;
import dev.runs.domain.action.ActionFacts;
import dev.runs.domain.action.ActionPhase;
import dev.runs.domain.action.ActionStatus;
import dev.runs.domain.action.AttemptKey;
import dev.runs.domain.action.AttemptReport;
import dev.runs.domain.action.Document;
import dev.runs.domain.action.PhaseTransition;
import dev.runs.domain.attempt.Attempt;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is shown of actions, in memory. */
public final class InMemoryShownActions implements ShownActions {

  private final InMemoryTransactions transactions;
  private final InMemoryActions actions;
  private final InMemoryAttemptReports attempts;
  private final Organizations organizations;

  public InMemoryShownActions(
      InMemoryTransactions transactions,
      InMemoryActions actions,
      InMemoryAttemptReports attempts,
      Organizations organizations) {
    this.transactions = transactions;
    this.actions = actions;
    this.attempts = attempts;
    this.organizations = organizations;
  }

  @Override
  public Map<RunId, ActionView> findAll(Reach reach, Collection<RunId> runs) {
    return transactions.reading(() -> {
      var found = new LinkedHashMap<RunId, ActionView>();
      actions.visible(reach).stream()
          .filter(run -> runs.contains(run.id()))
          .forEach(run -> found.put(run.id(), view(run, false)));
      return found;
    });
  }

  @Override
  public Map<RunId, ActionView> findAllInFull(Reach reach, Collection<RunId> runs) {
    return transactions.reading(() -> {
      var found = new LinkedHashMap<RunId, ActionView>();
      actions.visible(reach).stream()
          .filter(run -> runs.contains(run.id()))
          .forEach(run -> found.put(run.id(), view(run, true)));
      return found;
    });
  }

  ActionView view(Run run, boolean inFull) {
    var root = stored(run.path().root());
    var parent = run.parent();
    var added = actions.added(run.id());
    return new ActionView(
        run,
        NewActions.addressOf(root, run),
        Optional.ofNullable(parent).map(id -> NewActions.addressOf(root, stored(id)).name()),
        added.map(one -> facts(one.facts(), inFull)).orElseGet(() -> factsOf(run)),
        actions.statuses(List.of(run.id())).getOrDefault(run.id(), ActionStatus.NONE),
        added.map(Actions.Added::labels).orElse(Map.of()));
  }

  private static ActionFacts facts(ActionFacts facts, boolean inFull) {
    return inFull
        ? facts
        : new ActionFacts(
            facts.type(),
            facts.group(),
            facts.subject(),
            facts.task(),
            facts.spec(),
            facts.inputUri(),
            facts.inputsHash(),
            facts.executedBy(),
            facts.createdBy(),
            facts.source(),
            facts.relation(),
            facts.recoveredFrom(),
            facts.trigger(),
            null);
  }

  private ActionFacts factsOf(Run run) {
    var organization =
        Objects.requireNonNull(
            organizations.findAll(Set.of(run.organization())).get(run.organization()));
    return ActionFacts.of(run, organization.externalId().value());
  }

  private Run stored(RunId id) {
    return actions.runs().stored().stream()
        .filter(run -> run.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public Map<RunId, Document> taskSpecs(Collection<RunId> runs) {
    var specs = new LinkedHashMap<RunId, Document>();
    for (var id : runs) {
      actions
          .added(id)
          .flatMap(added -> {
            var task = added.facts().task();
            var digest = task == null ? null : task.specDigest();
            return digest == null ? Optional.empty() : actions.taskSpec(added.run(), digest);
          })
          .ifPresent(spec -> specs.put(id, spec));
    }
    return specs;
  }

  @Override
  public Map<RunId, List<AttemptView>> attempts(Collection<RunId> runs) {
    return transactions.reading(() -> {
      var found = new LinkedHashMap<RunId, List<AttemptView>>();
      for (var id : runs) {
        var its = actions.runs().attemptsOf(id);
        var latest = its.subList(Math.max(0, its.size() - ActionDetails.MOST_ATTEMPTS), its.size());
        if (!latest.isEmpty()) {
          found.put(id, latest.stream().map(this::view).toList());
        }
      }
      return found;
    });
  }

  private AttemptView view(Attempt row) {
    var key = new AttemptKey(row.run(), row.number());
    var report = attempts.findAll(List.of(key)).get(key);
    var told =
        report != null && (report.phase().isTerminal() || row.phase().isLive()) ? report : null;
    var phase = told == null ? ActionPhase.of(row.phase(), false) : told.phase();
    var isWrong = phase == ActionPhase.FAILED || phase == ActionPhase.TIMED_OUT;
    var outputs = report == null ? null : report.outputs();
    var ref = row.outputRef();
    return new AttemptView(
        row.number(),
        phase,
        report == null ? row.startedAt() : report.startedAt(),
        Optional.ofNullable(told == null ? row.endedAt() : told.endedAt()),
        isWrong ? error(row, report) : Optional.empty(),
        Optional.ofNullable(outputs)
            .or(() ->
                Optional.ofNullable(ref)
                    .map(uri -> new Document("{\"outputUri\":\"%s\"}".formatted(uri)))),
        Optional.ofNullable(report).map(AttemptReport::cluster),
        Optional.ofNullable(report).map(AttemptReport::cacheStatus),
        Optional.ofNullable(report).map(AttemptReport::cacheMetadata),
        report == null ? List.of() : List.copyOf(report.logs().values()),
        Optional.ofNullable(report).map(AttemptReport::logContext),
        PhaseTransition.of(attempts.seenOf(key)),
        attempts.happenedTo(key).stream()
            .sorted(Comparator.comparing(happened -> happened.event().occurredAt()))
            .limit(AttemptView.MOST_CLUSTER_EVENTS)
            .toList());
  }

  private static Optional<ActionError> error(Attempt row, @Nullable AttemptReport report) {
    var told = report == null ? null : report.error();
    return told == null
        ? Optional.ofNullable(row.failure()).map(ActionError::of)
        : Optional.of(told);
  }

  @Override
  public List<ToldClusterEvent> clusterEvents(AttemptKey attempt, long after, int limit) {
    return attempts.happenedTo(attempt).stream()
        .filter(told -> told.place() > after)
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Document> inputs(RunId run) {
    return actions
        .added(run)
        .flatMap(Actions.Added::inputs)
        .map(inputs -> new Document(inputs.json()));
  }
}
