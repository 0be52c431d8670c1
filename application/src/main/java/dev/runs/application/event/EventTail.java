package dev.runs.application.event;

import dev.runs.application.RequestRejected;
import dev.runs.application.event.EventSelection.Place;
import dev.runs.application.event.RunEventLog.Entry;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.event.EventType;
import dev.runs.domain.run.RunId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log for everybody who listens on this node: each entry is read once and passed on to
 * those who want it, and nobody asks the database but who has fallen behind. While nobody listens
 * nothing is read.
 *
 * <p>One thread calls {@link #follow} again and again. When it fails, the next call goes on where
 * it was.
 */
public final class EventTail implements AutoCloseable {

  private final RunEventLog log;
  private final int batch;
  private final int bufferSize;
  private final Seats seats;

  private final Map<RunId, Set<Feed<?>>> ofRun = new ConcurrentHashMap<>();
  private final Map<RunId, Set<Feed<?>>> ofRoot = new ConcurrentHashMap<>();
  private final Map<OrganizationId, Set<Feed<?>>> ofOrganization = new ConcurrentHashMap<>();

  /** Those who want to hear of every organization. */
  private final Map<Boolean, Set<Feed<?>>> everywhere = new ConcurrentHashMap<>();

  /** Feeds of one run under each run above it, for a deletion there takes the run along. */
  private final Map<RunId, Set<Feed<?>>> below = new ConcurrentHashMap<>();

  private final Set<Feed<?>> feeds = ConcurrentHashMap.newKeySet();
  private final Object awakening = new Object();
  private volatile Runnable awakened = () -> {};
  private volatile boolean isAwake;
  private volatile boolean isClosed;

  /** The end of the batch that is being passed on. */
  private volatile long reached;

  /** The end of the last batch that was passed on. */
  private volatile long passedOn;

  /**
   * @param batch how many entries are read at once, at least 1
   * @param bufferSize how much is kept for a feed that is not taken from, at least 1
   * @param limits how many may listen
   */
  public EventTail(RunEventLog log, int batch, int bufferSize, FeedLimits limits) {
    this.log = log;
    this.batch = batch;
    this.bufferSize = bufferSize;
    this.seats = new Seats(limits);
  }

  /** Calls this when somebody begins to listen after nobody did. It must return at once. */
  public void whenAwakened(Runnable action) {
    awakened = action;
  }

  /** Whether somebody listens, so that {@link #follow} has something to do. */
  public boolean isAwake() {
    return isAwake;
  }

  /** How many listen. */
  public int feeds() {
    return feeds.size();
  }

  /**
   * What happens from now on.
   *
   * @param by who listens
   * @param listener as for a {@link Feed}
   * @throws RequestRejected.TooManyStreams when too many listen already
   */
  public EventFeed events(Access by, EventSelection selection, Runnable listener) {
    return begun(new EventFeed(this, seats.take(by), selection, listener, bufferSize), null);
  }

  /**
   * What happened behind a position, and then what happens.
   *
   * @param after a position at which another feed was, or one before the first that is kept; when
   *     it is older, or the log has never come so far, the first part tells so
   * @throws RequestRejected.TooManyStreams when too many listen already
   */
  public EventFeed events(Access by, EventSelection selection, long after, Runnable listener) {
    return begun(new EventFeed(this, seats.take(by), selection, listener, bufferSize), after);
  }

  /**
   * Which runs change from now on.
   *
   * @throws RequestRejected.TooManyStreams when too many listen already
   */
  public ChangeFeed changes(Access by, EventSelection selection, Runnable listener) {
    return begun(new ChangeFeed(this, seats.take(by), selection, listener, bufferSize), null);
  }

  /** Which runs change from now on, for one who waits by {@link Feed#await}. */
  public ChangeFeed changes(Access by, EventSelection selection) {
    return changes(by, selection, () -> {});
  }

  /**
   * Reads on and passes on what there is.
   *
   * @return whether there may be more
   */
  public boolean follow() {
    if (sleeps()) {
      return false;
    }
    var entries = log.after(reached, batch);
    if (entries.isEmpty()) {
      return false;
    }
    reached = entries.getLast().position();
    var failure = passOn(entries);
    passedOn = reached;
    if (failure != null) {
      throw failure;
    }
    return entries.size() == batch;
  }

  /** Closes all feeds; from now on each that is opened is closed. */
  @Override
  public void close() {
    isClosed = true;
    feeds.forEach(Feed::close);
  }

  RunEventLog log() {
    return log;
  }

  long reached() {
    return reached;
  }

  long passedOn() {
    return passedOn;
  }

  void forget(Feed<?> feed) {
    if (feeds.remove(feed)) {
      index(feed, EventTail::remove);
      seats.free(feed.holder());
    }
  }

  private <F extends Feed<?>> F begun(F feed, @Nullable Long after) {
    feeds.add(feed);
    try {
      awake();
      index(feed, EventTail::add);
      begin(feed, after);
    } catch (RuntimeException e) {
      feed.close();
      throw e;
    }
    if (isClosed) {
      feed.close();
    }
    return feed;
  }

  private void begin(Feed<?> feed, @Nullable Long after) {
    if (after == null) {
      feed.beginNow();
    } else if (after > reached && after > log.lastPosition()) {
      feed.beginAnew();
    } else {
      feed.beginAfter(after);
    }
  }

  private void awake() {
    synchronized (awakening) {
      if (isAwake) {
        return;
      }
      var last = log.lastPosition();
      reached = last;
      passedOn = last;
      isAwake = true;
    }
    awakened.run();
  }

  /** Falls asleep when nobody listens; a feed is counted before it asks whether this is awake. */
  private boolean sleeps() {
    synchronized (awakening) {
      if (feeds.isEmpty()) {
        isAwake = false;
      }
      return !isAwake;
    }
  }

  private @Nullable RuntimeException passOn(Iterable<Entry> entries) {
    RuntimeException failure = null;
    for (var entry : entries) {
      for (var wanting : wanting(entry)) {
        for (var feed : wanting) {
          try {
            if (feed.selection().includes(entry.event())) {
              feed.offer(entry);
            }
          } catch (RuntimeException e) {
            feed.end();
            failure = e;
          }
        }
      }
    }
    return failure;
  }

  /** Where those stand who may want an entry; nobody stands in two of these. */
  private Iterable<Set<Feed<?>>> wanting(Entry entry) {
    var event = entry.event();
    return List.of(
        ofRun.getOrDefault(event.run(), Set.of()),
        ofRoot.getOrDefault(event.root(), Set.of()),
        ofOrganization.getOrDefault(event.organization(), Set.of()),
        everywhere.getOrDefault(true, Set.of()),
        event.type() == EventType.DELETED ? below.getOrDefault(event.run(), Set.of()) : Set.of());
  }

  /** Something that is done to a feed where it stands under a key. */
  private interface Step {
    <K> void at(Map<K, Set<Feed<?>>> index, K key, Feed<?> feed);
  }

  private void index(Feed<?> feed, Step step) {
    var selection = feed.selection();
    switch (selection.place()) {
      case Place.OfRun(var path) -> {
        step.at(ofRun, path.run(), feed);
        path.ids().stream().limit(path.depth() - 1L).forEach(above -> step.at(below, above, feed));
      }
      case Place.OfTree(var path) -> step.at(ofRoot, path.root(), feed);
      case Place.OfReach _ when selection.run().isPresent() ->
          step.at(ofRun, selection.run().get(), feed);
      case Place.OfReach _ when selection.root().isPresent() ->
          step.at(ofRoot, selection.root().get(), feed);
      case Place.OfReach(Reach.Within(var organization, _)) ->
          step.at(ofOrganization, organization, feed);
      case Place.OfReach(Reach.Everywhere()) -> step.at(everywhere, true, feed);
    }
  }

  private static <K> void add(Map<K, Set<Feed<?>>> index, K key, Feed<?> feed) {
    index.compute(
        key,
        (_, there) -> {
          var all = there == null ? ConcurrentHashMap.<Feed<?>>newKeySet() : there;
          all.add(feed);
          return all;
        });
  }

  private static <K> void remove(Map<K, Set<Feed<?>>> index, K key, Feed<?> feed) {
    index.computeIfPresent(
        key,
        (_, there) -> {
          there.remove(feed);
          return there.isEmpty() ? null : there;
        });
  }
}
