package dev.runs.adapters.costs;

import dev.runs.application.cost.UnitPrices;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.CostRejected;
import dev.runs.domain.cost.UnitPrice;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The prices of the costs-service, asked for anew each time: {@code GET
 * {base}/v1/costs/{encodeURIComponent(name)}}, with {@code X-API-Key} when there is a key.
 *
 * <ul>
 *   <li>The names of one call are asked for in their order, {@value #AT_ONCE} at once. A price
 *       belongs to the name that was asked for, whatever name stands in the answer.
 *   <li>A 404 is an answer: the first name in the order that got one makes the call {@link
 *       CostRejected.UnknownCost}, even when there was no answer for another. No further names are
 *       asked for once one of them has no price.
 *   <li>429, 502, 503, 504, a network failure and a time-out are tried again after each of {@link
 *       CostsService#pauses()}, which {@code Retry-After} can lengthen and chance lengthens by up
 *       to a quarter. Everything else ends the call at once.
 *   <li>The circuit counts calls, not tries, so that a hiccup that a retry survives does not open
 *       it. It opens when half of the last {@value #CALLS_REMEMBERED} calls, and at least {@value
 *       #CALLS_TO_JUDGE_BY}, ended in a 5xx, a network failure or a time-out. While it is open
 *       callers are refused at once, and a try of theirs that still fails is their last. After
 *       {@link CostsService#circuitRest()} one caller is let through, with one try.
 * </ul>
 *
 * <p>A thread that is interrupted while it waits gets {@link CostRejected.PricesUnavailable} and
 * stays interrupted. May be used by many threads at once.
 *
 * <p>Source: cost tracker, cost resolver.
 */
public final class HttpUnitPrices implements UnitPrices, AutoCloseable {

  /** The most requests that one call has under way. */
  static final int AT_ONCE = 16;

  static final int CALLS_REMEMBERED = 10;
  static final int CALLS_TO_JUDGE_BY = 3;
  private static final int PERCENT_THAT_OPEN_THE_CIRCUIT = 50;

  private static final Logger LOG = LoggerFactory.getLogger(HttpUnitPrices.class);

  private final CostsEndpoint endpoint;
  private final CircuitBreaker circuit;
  private final Retry retry;
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("costs-service-", 0).factory());

  /**
   * @param clock for the dates in {@code Retry-After} and the rest of an open circuit
   * @param random for the length of pauses; safe for many threads
   */
  public HttpUnitPrices(CostsService service, InstantSource clock, RandomGenerator random) {
    this.endpoint = new CostsEndpoint(service, clock);
    this.circuit = circuit(service, clock);
    this.retry =
        retry(new Pauses(service.pauses(), service.longestRetryAfter(), random), this.circuit);
  }

  @Override
  public Map<CostName, UnitPrice> of(Set<CostName> names) {
    if (names.isEmpty()) {
      return Map.of();
    }
    try {
      return circuit.executeSupplier(() -> pricesOf(List.copyOf(names)));
    } catch (CallNotPermittedException open) {
      throw unavailable("it was down a moment ago and is not asked again yet", open);
    } catch (NoPrice none) {
      throw unavailable(none.why(), none);
    }
  }

  /** Calls off what is under way and lets go of the connections. */
  @Override
  public void close() {
    workers.shutdownNow();
    endpoint.close();
  }

  private static CircuitBreaker circuit(CostsService service, InstantSource clock) {
    var config =
        CircuitBreakerConfig.custom()
            .slidingWindowSize(CALLS_REMEMBERED)
            .minimumNumberOfCalls(CALLS_TO_JUDGE_BY)
            .failureRateThreshold(PERCENT_THAT_OPEN_THE_CIRCUIT)
            .waitDurationInOpenState(service.circuitRest())
            .permittedNumberOfCallsInHalfOpenState(1)
            .recordException(thrown -> thrown instanceof NoPrice none && none.meansDown())
            .ignoreException(NoPrice.CalledOff.class::isInstance)
            .clock(clock.withZone(ZoneOffset.UTC))
            .build();
    var circuit = CircuitBreaker.of("costs-service", config);
    circuit
        .getEventPublisher()
        .onStateTransition(event ->
            LOG.warn(
                "The circuit to the costs-service was {} and is {} now.",
                event.getStateTransition().getFromState(),
                event.getStateTransition().getToState()));
    return circuit;
  }

  private static Retry retry(Pauses pauses, CircuitBreaker circuit) {
    var config =
        RetryConfig.<UnitPrice>custom()
            .maxAttempts(1 + pauses.planned().size())
            .retryOnException(thrown ->
                thrown instanceof NoPrice none
                    && pauses.allowAnotherTryAfter(none)
                    && circuit.getState() != State.OPEN)
            .intervalBiFunction(
                (tries, ended) -> pauses.millisAfter(tries, (NoPrice) ended.getLeft()))
            .build();
    return Retry.of("costs-service", config);
  }

  private Map<CostName, UnitPrice> pricesOf(List<CostName> names) {
    var isProbe = circuit.getState() == State.HALF_OPEN;
    var prices = new LinkedHashMap<CostName, UnitPrice>();
    for (var start = 0; start < names.size(); start += AT_ONCE) {
      var wave = names.subList(start, Math.min(names.size(), start + AT_ONCE));
      var answers = answersFor(wave.stream().map(name -> lookUp(name, isProbe)).toList());
      failure(answers)
          .ifPresent(failure -> {
            throw failure;
          });
      for (var i = 0; i < wave.size(); i++) {
        prices.put(wave.get(i), answers.get(i).resultNow());
      }
    }
    return Collections.unmodifiableMap(prices);
  }

  private Callable<UnitPrice> lookUp(CostName name, boolean isProbe) {
    return isProbe
        ? () -> endpoint.priceOf(name)
        : () -> retry.executeSupplier(() -> endpoint.priceOf(name));
  }

  /** All of them have come to an end. */
  private List<Future<UnitPrice>> answersFor(List<Callable<UnitPrice>> lookUps) {
    try {
      return workers.invokeAll(lookUps);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new NoPrice.CalledOff(interruption);
    } catch (RejectedExecutionException closed) {
      throw new NoPrice.CalledOff(closed);
    }
  }

  /** Why there is not a price for each: the first unknown cost, else the first failure. */
  private static Optional<RuntimeException> failure(List<Future<UnitPrice>> answers) {
    var failures = new ArrayList<RuntimeException>();
    for (var answer : answers) {
      if (answer.state() == Future.State.FAILED) {
        failures.add(
            answer.exceptionNow() instanceof RuntimeException failure
                ? failure
                : new IllegalStateException(answer.exceptionNow()));
      }
    }
    return failures.stream()
        .filter(CostRejected.UnknownCost.class::isInstance)
        .findFirst()
        .or(() -> failures.stream().findFirst());
  }

  private static CostRejected.PricesUnavailable unavailable(String why, RuntimeException cause) {
    var unavailable = new CostRejected.PricesUnavailable(why);
    unavailable.initCause(cause);
    return unavailable;
  }
}
