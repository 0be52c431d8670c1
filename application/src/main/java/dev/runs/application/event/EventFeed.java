package dev.runs.application.event;

import dev.runs.application.event.RunEventLog.Entry;
import dev.runs.domain.access.Principal;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every selected event from a position on, once and in order. */
public final class EventFeed extends Feed<Entry> {

  private final int bufferSize;

  /** Made when it is needed, for most feeds are idle most of the time. */
  private @Nullable ArrayDeque<Entry> buffer;

  EventFeed(
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
      buffer = new ArrayDeque<>(1);
    }
    return buffer.size() < bufferSize && buffer.add(entry);
  }

  @Override
  boolean isBufferEmpty() {
    return buffer == null;
  }

  @Override
  long bufferedUpTo() {
    return buffer == null ? 0 : buffer.getLast().position();
  }

  @Override
  List<Entry> drain() {
    var all = buffer == null ? List.<Entry>of() : List.copyOf(buffer);
    buffer = null;
    return all;
  }

  @Override
  void clear() {
    buffer = null;
  }

  @Override
  List<Entry> of(List<Entry> entries) {
    return entries;
  }
}
