package dev.runs.adapters.rest.metrics;

import dev.runs.domain.queue.Kind;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a kind is called in metrics. Kinds are free text, so that a client could make as many time
 * series as it likes: only the first ones keep their names, and all later ones share one.
 */
final class KindLabels {

  /** The most kinds that keep their names until the process ends. */
  static final int MOST = 200;

  /** What the others are called. */
  static final String OTHER = "other";

  private final Set<Kind> named = ConcurrentHashMap.newKeySet();

  String of(Kind kind) {
    return named.contains(kind) || add(kind) ? kind.value() : OTHER;
  }

  private synchronized boolean add(Kind kind) {
    return named.size() < MOST && (named.add(kind) || named.contains(kind));
  }
}
