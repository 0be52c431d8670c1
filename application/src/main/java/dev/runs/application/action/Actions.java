package dev.runs.application.action;

import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ActionFacts;
import dev.runs.domain.action.ActionStatus;
import dev.runs.domain.action.Document;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs as actions: found by their names, with what is known of them beyond the run. */
public interface Actions {

  /**
   * What is known of a new run.
   *
   * @param taskSpec the specification of its task, whose digest stands in the facts
   * @param inputs what the run is given
   */
  record Added(
      Run run,
      ActionFacts facts,
      ActionStatus status,
      Optional<Document> taskSpec,
      Map<String, String> labels,
      Optional<Payload> inputs) {}

  /**
   * Those of these actions that are there, and not being deleted; in a few queries for all. Runs
   * that were made on another surface are actions too.
   */
  Map<ActionAddress, Run> findAll(Collection<ActionAddress> addresses);

  /**
   * These runs as they are now. Nobody else changes one of them before the transaction ends; runs
   * that are gone are absent.
   */
  Map<RunId, Run> hold(Collection<RunId> runs);

  /** Adds what is known of runs that were added before, in a few statements for all. */
  void addAll(List<Added> added);

  /** What was said of these runs; {@link ActionStatus#NONE} is absent. */
  Map<RunId, ActionStatus> statuses(Collection<RunId> runs);

  /** Replaces what was said of runs. */
  void saveStatuses(Map<RunId, ActionStatus> statuses);

  /** What is known of a run from its beginning; nothing of one that was made on another surface. */
  Optional<ActionFacts> facts(RunId run);
}
