package dev.runs.adapters.costs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.CostRejected;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A client and the peer it asks. */
abstract class AskingAPeer {

  static final CostName TOKENS = new CostName("tokens");
  static final CostName MINUTES = new CostName("minutes");
  static final CostName PAGES = new CostName("pages");
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final String KEY = "k-7f3a-very-secret";

  /** Long enough that no test ever sees its end. */
  static final Duration LONG = Duration.ofHours(1);

  final Peer peer = new Peer();
  final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  final List<Long> pausesInMillis = new CopyOnWriteArrayList<>();
  final List<HttpUnitPrices> opened = new ArrayList<>();
  final HttpUnitPrices prices = open(quick(peer.base(), null));

  @AfterEach
  void closeEverything() {
    opened.forEach(HttpUnitPrices::close);
    peer.close();
  }

  /** Lengthens no pause, and can tell from how much it might have by how long the pause is. */
  private final class NoChance implements RandomGenerator {
    @Override
    public long nextLong() {
      return 0;
    }

    @Override
    public long nextLong(long bound) {
      pausesInMillis.add((bound - 1) * 4);
      return 0;
    }
  }

  HttpUnitPrices open(CostsService service) {
    var client = new HttpUnitPrices(service, now::get, new NoChance());
    opened.add(client);
    return client;
  }

  /** As in production, but without the waiting. */
  static CostsService quick(URI base, @Nullable String key) {
    return new CostsService(
        base, key, Duration.ofSeconds(30), noPauses(), Duration.ofSeconds(10), LONG);
  }

  static List<Duration> noPauses() {
    return Collections.nCopies(3, Duration.ZERO);
  }

  void callUntilTheCircuitOpens() {
    for (var call = 0; call < HttpUnitPrices.CALLS_TO_JUDGE_BY; call++) {
      assertThatThrownBy(() -> prices.of(Set.of(TOKENS)))
          .isInstanceOf(CostRejected.PricesUnavailable.class)
          .hasMessageNotContaining("moment ago");
    }
  }

  void assertCircuitIsOpen() {
    assertUnavailable("it was down a moment ago and is not asked again yet");
  }

  void assertUnavailable(String why) {
    assertThatThrownBy(() -> prices.of(Set.of(TOKENS)))
        .isInstanceOf(CostRejected.PricesUnavailable.class)
        .hasMessage("costs-service unavailable: " + why);
  }

  static Set<CostName> inOrder(CostName... names) {
    return new LinkedHashSet<>(List.of(names));
  }

  static Set<CostName> names(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> new CostName(String.valueOf(i)))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  static String lastSegment(URI address) {
    return address.getPath().substring(address.getPath().lastIndexOf('/') + 1);
  }

  static void await(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException missed) {
      throw new IOException(missed);
    }
  }

  static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IOException("waited in vain");
      }
    } catch (InterruptedException interruption) {
      throw new IOException(interruption);
    }
  }
}
