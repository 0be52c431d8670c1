package dev.runs.application.action;

import dev.runs.domain.access.Reach;
import dev.runs.domain.action.AttemptKey;
import dev.runs.domain.action.Document;
import dev.runs.domain.run.RunId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Actions as they are shown. Runs that are being deleted are not. */
public interface ShownActions {

  /** Those of these runs that are within reach; in a few queries for all. */
  Map<RunId, ActionView> findAll(Reach reach, Collection<RunId> runs);

  /** The same with the documents that only details show. */
  Map<RunId, ActionView> findAllInFull(Reach reach, Collection<RunId> runs);

  /** The specifications of the tasks of these runs; of some there are none. */
  Map<RunId, Document> taskSpecs(Collection<RunId> runs);

  /**
   * The attempts of these runs by number, the last {@link ActionDetails#MOST_ATTEMPTS} of each,
   * with as much of each as {@link AttemptView} says.
   */
  Map<RunId, List<AttemptView>> attempts(Collection<RunId> runs);

  /**
   * What happened to an attempt, in the order in which it was told.
   *
   * @param after the place behind which to begin; 0 for the beginning
   */
  List<ToldClusterEvent> clusterEvents(AttemptKey attempt, long after, int limit);

  /** What a run was given, as a document; nothing when it was given nothing. */
  Optional<Document> inputs(RunId run);
}
