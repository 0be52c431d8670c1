package dev.runs.application.event;

import dev.runs.application.event.RunEventLog.Entry;
import dev.runs.domain.event.EventType;
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
 * @param position of the last thing that happened
 */
public record Change(RunPath path, Set<EventType> types, long position) {

  public Change {
    types = Collections.unmodifiableSet(EnumSet.copyOf(types));
  }

  public RunId run() {
    return path.run();
  }

  static Change of(Entry entry) {
    return new Change(entry.event().path(), EnumSet.of(entry.event().type()), entry.position());
  }

  /** Each run once, in the order in which something first happened to them. */
  static List<Change> of(List<Entry> entries) {
    var changes = new LinkedHashMap<RunId, Change>();
    entries.forEach(entry -> changes.merge(entry.event().run(), of(entry), Change::and));
    return new ArrayList<>(changes.values());
  }

  /** With what happened later. */
  Change and(Change later) {
    if (types.containsAll(later.types)) {
      return new Change(path, types, later.position);
    }
    var both = EnumSet.copyOf(types);
    both.addAll(later.types);
    return new Change(path, both, later.position);
  }
}
