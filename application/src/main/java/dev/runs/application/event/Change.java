package dev.runs.application.event;

import dev.runs.application.event.RunEventLog.Entry;
import dev.runs.domain.event.EventType;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * A run to which something happened, however often; what it is like now is read from the stores.
 *
 * @param types everything that happened, each once; {@link EventType#DELETED} means that the run is
 *     gone with all below it
 */
public record Change(RunPath path, Set<EventType> types) {

  public Change {
    types = Collections.unmodifiableSet(EnumSet.copyOf(types));
  }

  public RunId run() {
    return path.run();
  }

  static Change of(RunEvent event) {
    return new Change(event.path(), EnumSet.of(event.type()));
  }

  /** Each run once, in the order in which something first happened to them. */
  static List<Change> of(List<Entry> entries) {
    var changes = new LinkedHashMap<RunId, Change>();
    entries.forEach(entry -> changes.merge(entry.event().run(), of(entry.event()), Change::and));
    return new ArrayList<>(changes.values());
  }

  Change and(Change other) {
    if (types.containsAll(other.types)) {
      return this;
    }
    var both = EnumSet.copyOf(types);
    both.addAll(other.types);
    return new Change(path, both);
  }
}
