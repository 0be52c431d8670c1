package dev.runs.application.queue;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.Caller;
import dev.runs.application.CountingIds;
import dev.runs.application.SettableClock;
import dev.runs.application.StoresContract;
import dev.runs.application.event.RunEventLog.Entry;
import dev.runs.application.rollup.AuditLedger;
import dev.runs.domain.Seeded;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Compares the queue with a plain model of it, in every answer, over everything that can happen in
 * any order.
 */
public abstract class QueueModelContract extends StoresContract {

  private static final Caller PLATFORM =
      new Caller(Access.ofPlatform(new Principal("key:test")), ACME.id(), Origin.LOCAL);

  private static final int SEEDS = 4;

  /** What each store decides by; stands still until the story moves it. */
  protected final SettableClock clock = new SettableClock(NOON);

  private final CountingIds ids = new CountingIds(1_000);

  /** How many things happen in all. */
  protected abstract int operations();

  /** Where the stores have a clock of their own: lets it say the same as {@link #clock}. */
  protected void clockMoved() {}

  @Test
  void answersAsTheModelSays() {
    Seeded.check(SEEDS, this::tell);
  }

  private void tell(RandomGenerator random) {
    clockMoved();
    var queue = QueueUseCases.over(stores(), ids, clock, random, new LongestJitter());
    var told = stores().runEventLog().lastPosition();
    var story =
        new QueueStory(
            random,
            new UseCasesClient(queue, stores(), clock),
            clock,
            Optional.of(new Loops(queue)));

    story.tell(operations() / SEEDS);

    assertThat(typesToldSince(told))
        .containsAllEntriesOf(
            story.left().stream().collect(Collectors.toMap(job -> job.id, job -> job.told)));
    assertThat(
            new AuditLedger(stores().ledger(), stores().ledgerAudit(), stores().transactions())
                .audit(PLATFORM, Optional.empty(), AuditLedger.MOST_RUNS)
                .differences())
        .isEmpty();
    story.end();
    new Loops(queue).sweep();
    assertThat(stores().cancellations().next()).isEmpty();
  }

  private Map<RunId, List<String>> typesToldSince(long position) {
    stores().write(() -> stores().runEventLog().sequence(Integer.MAX_VALUE));
    var types = new HashMap<RunId, List<String>>();
    var last = position;
    List<Entry> page;
    do {
      page = stores().runEventLog().after(last, 1_000);
      for (var entry : page) {
        types
            .computeIfAbsent(entry.event().run(), _ -> new ArrayList<>())
            .add(entry.event().type().wireName());
        last = entry.position();
      }
    } while (!page.isEmpty());
    return types;
  }

  /** What the loops of a server do. */
  private final class Loops implements QueueStory.Passing {

    private final QueueUseCases queue;

    Loops(QueueUseCases queue) {
      this.queue = queue;
    }

    @Override
    public void advance(Duration time) {
      clock.advance(time);
      clockMoved();
    }

    @Override
    public void reap() {
      boolean isMore;
      do {
        isMore = queue.reapLeases().reap();
      } while (isMore);
    }

    @Override
    public void ready() {
      boolean isMore;
      do {
        isMore = queue.readyDueRuns().ready();
      } while (isMore);
    }

    @Override
    public void sweep() {
      boolean isMore;
      do {
        isMore = queue.cancelRuns().sweep();
      } while (isMore);
    }
  }

  /** Lets runs wait as long as they may, which the model can tell. */
  private static final class LongestJitter implements RandomGenerator {

    @Override
    public long nextLong() {
      return Long.MAX_VALUE;
    }

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }
}
