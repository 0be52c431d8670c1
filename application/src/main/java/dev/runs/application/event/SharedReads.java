package dev.runs.application.event;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What many watchers look up because of the same events: each thing is read once after it changed,
 * however many want to see it.
 *
 * @param <G> what names a group of watchers who may see the same
 * @param <K> what names a thing
 * @param <V> a thing as it was read
 */
public final class SharedReads<G, K, V> {

  private final EventTail tail;
  private final int most;
  private final Map<G, Group> groups = new ConcurrentHashMap<>();

  /**
   * @param most how many things are kept for a group, at least 1; those that were looked up last
   */
  public SharedReads(EventTail tail, int most) {
    this.tail = tail;
    this.most = most;
  }

  /** Takes part in a group, until what is returned is closed. */
  public Membership join(G name) {
    var group =
        groups.compute(
            name,
            (_, there) -> {
              var its = there == null ? new Group() : there;
              its.members.incrementAndGet();
              return its;
            });
    return new Membership(name, group);
  }

  /** How many groups have members. */
  int groups() {
    return groups.size();
  }

  /** One watcher's part in a group; used by one thread at a time. */
  public final class Membership implements AutoCloseable {

    private final G name;
    private final Group group;
    private final AtomicBoolean isLeft = new AtomicBoolean();

    private Membership(G name, Group group) {
      this.name = name;
      this.group = group;
    }

    /**
     * Looks things up.
     *
     * @param wanted for each thing the position of an event that must be seen in it; {@link
     *     Long#MAX_VALUE} when it must be read now
     * @param reading reads things as they are; what it does not give is not there
     * @return what is there of the wanted
     */
    public Map<K, V> read(Map<K, Long> wanted, Function<Set<K>, Map<K, V>> reading) {
      return group.read(wanted, reading);
    }

    @Override
    public void close() {
      if (isLeft.compareAndSet(false, true)) {
        groups.computeIfPresent(name, (_, its) -> its.members.decrementAndGet() == 0 ? null : its);
      }
    }
  }

  /**
   * A thing, or that it is not there.
   *
   * @param asOf all events up to this position are in it
   */
  private record Seen<V>(long asOf, @Nullable V value) {}

  private final class Group {

    /** In the order in which they were looked up. */
    private final Map<K, Seen<V>> kept = new LinkedHashMap<>(16, 0.75f, true);

    /** Changed within the map of groups only. */
    private final AtomicInteger members = new AtomicInteger();

    /** Who comes while somebody reads waits, and then finds what it wants. */
    synchronized Map<K, V> read(Map<K, Long> wanted, Function<Set<K>, Map<K, V>> reading) {
      var result = new HashMap<K, V>();
      var missing = new HashSet<K>();
      wanted.forEach((key, position) -> {
        var seen = kept.get(key);
        if (seen == null || seen.asOf() < position) {
          missing.add(key);
        } else if (seen.value() != null) {
          result.put(key, seen.value());
        }
      });
      if (missing.isEmpty()) {
        return result;
      }
      // what was in the log before the reading is in what is read
      var asOf = tail.reached();
      var found = reading.apply(missing);
      missing.forEach(key -> kept.put(key, new Seen<>(asOf, found.get(key))));
      var eldest = kept.entrySet().iterator();
      while (kept.size() > most) {
        eldest.next();
        eldest.remove();
      }
      result.putAll(found);
      return result;
    }
  }
}
