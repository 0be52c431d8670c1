package dev.runs.application.event;

import dev.runs.application.event.RunEventLog.Entry;
import dev.runs.domain.access.Principal;
import dev.runs.domain.run.RunId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which runs have changed since it was asked last: who watches how things are, and not each thing
 * that happens, hears of a run once however often it changed.
 *
 * <p>Whoever opens it first and then reads how things are misses nothing: what was committed before
 * it was opened is in what was read, and everything else is told here.
 */
public final class ChangeFeed extends Feed<Change> {

  private final int bufferSize;

  /** Made when it is needed, for most feeds are idle most of the time. */
  private @Nullable LinkedHashMap<RunId, Change> buffer;

  private long bufferedUpTo;

  ChangeFeed(
      EventTail tail,
      Optional<Principal> holder,
      EventSelection selection,
      Runnable listener,
      int bufferSize) {
    super(tail, holder, selection, listener);
    this.bufferSize = bufferSize;
  }

  @Override
  boolean keep(Entry entry) {
    if (buffer == null) {
      buffer = new LinkedHashMap<>();
    }
    if (buffer.size() == bufferSize && !buffer.containsKey(entry.event().run())) {
      return false;
    }
    buffer.merge(entry.event().run(), Change.of(entry), Change::and);
    bufferedUpTo = entry.position();
    return true;
  }

  @Override
  boolean isBufferEmpty() {
    return buffer == null;
  }

  @Override
  long bufferedUpTo() {
    return bufferedUpTo;
  }

  @Override
  List<Change> drain() {
    var all = buffer == null ? List.<Change>of() : List.copyOf(buffer.values());
    buffer = null;
    return all;
  }

  @Override
  void clear() {
    buffer = null;
  }

  @Override
  List<Change> of(List<Entry> entries) {
    return Change.of(entries);
  }
}
