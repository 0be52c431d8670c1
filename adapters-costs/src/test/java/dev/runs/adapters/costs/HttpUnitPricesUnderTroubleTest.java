package dev.runs.adapters.costs;

import static dev.runs.adapters.costs.Peer.body;
import static dev.runs.adapters.costs.Peer.cutInTheMiddle;
import static dev.runs.adapters.costs.Peer.price;
import static dev.runs.adapters.costs.Peer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpHandler;
import dev.runs.domain.cost.CostRejected;
import dev.runs.domain.cost.UnitPrice;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class HttpUnitPricesUnderTroubleTest extends AskingAPeer {

  @Nested
  class ATryThatFails {

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void isRepeatedThreeTimesUntilItSucceeds(int status) {
      peer.doesInTurn(status(status), status(status), status(status), price("7"));

      assertThat(prices.of(Set.of(TOKENS)))
          .containsOnly(Map.entry(TOKENS, new UnitPrice(new BigDecimal("7"))));
      assertThat(peer.paths()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void isNotRepeatedAFourthTime(int status) {
      peer.does(status(status));

      assertUnavailable("costs-service returned " + status);
      assertThat(peer.paths()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 301, 302, 307, 400, 401, 403, 409, 410, 422, 500, 501, 505})
    void isNotRepeatedWhenAnotherWouldEndAlike(int status) {
      peer.does(exchange -> {
        exchange.getResponseHeaders().set("Location", "/v1/costs/elsewhere");
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
      });

      assertUnavailable("costs-service returned " + status);
      assertThat(peer.paths()).containsExactly("/v1/costs/tokens");
    }

    @Test
    void isNotRepeatedWhenTheNameIsUnknown() {
      peer.does(status(404));

      assertThatThrownBy(() -> prices.of(Set.of(TOKENS)))
          .isInstanceOf(CostRejected.UnknownCost.class)
          .hasMessage("Unknown cost: tokens");
      assertThat(peer.paths()).hasSize(1);
    }

    @Test
    void isRepeatedWhenTheConnectionIsCutInTheMiddle() {
      peer.doesInTurn(cutInTheMiddle(), cutInTheMiddle(), cutInTheMiddle(), price("7"));

      assertThat(prices.of(Set.of(TOKENS))).containsOnlyKeys(TOKENS);
      assertThat(peer.paths()).hasSize(4);
    }

    @Test
    void isUnavailableWhenTheConnectionIsCutEachTime() {
      peer.does(cutInTheMiddle());

      assertUnavailable("the connection to costs-service broke");
      assertThat(peer.paths()).hasSize(4);
    }

    @Test
    void isUnavailableWhenNobodyListens() {
      peer.close();

      assertUnavailable("costs-service could not be reached");
    }

    @Test
    void isUnavailableWhenTheHostHasNoAddress() {
      assertThatThrownBy(
              () -> open(quick(URI.create("http://costs.invalid"), KEY)).of(Set.of(TOKENS)))
          .isInstanceOf(CostRejected.PricesUnavailable.class)
          .hasMessage("costs-service unavailable: costs-service could not be reached");
    }

    @Test
    void isRepeatedWhenItTakesTooLong() {
      var over = new CountDownLatch(1);
      HttpHandler slow = exchange -> await(over);
      peer.doesInTurn(slow, price("7"));

      assertThat(open(impatient()).of(Set.of(TOKENS))).containsOnlyKeys(TOKENS);
      assertThat(peer.paths()).hasSizeGreaterThan(1);
      over.countDown();
    }

    @Test
    void isUnavailableWhenItTakesTooLongEachTime() {
      // the first request of a JVM is slow in its own right
      prices.of(Set.of(TOKENS));
      var over = new CountDownLatch(1);
      peer.does(exchange -> await(over));

      assertThatThrownBy(() -> open(impatient()).of(Set.of(TOKENS)))
          .isInstanceOf(CostRejected.PricesUnavailable.class)
          .hasMessage("costs-service unavailable: costs-service did not answer in time");
      assertThat(peer.paths()).hasSize(1 + 4);
      over.countDown();
    }

    @Test
    void hasTakenTooLongWhenTheBodyStopsComing() {
      var over = new CountDownLatch(1);
      peer.does(exchange -> {
        exchange.sendResponseHeaders(200, 100);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        await(over);
      });

      assertThatThrownBy(() -> open(impatient()).of(Set.of(TOKENS)))
          .hasMessage("costs-service unavailable: costs-service did not answer in time");
      over.countDown();
    }

    private CostsService impatient() {
      return new CostsService(
          peer.base(), null, Duration.ofMillis(500), noPauses(), Duration.ZERO, LONG);
    }
  }

  @Nested
  class RetryAfterIsHonoured {

    @ParameterizedTest
    @ValueSource(ints = {429, 502, 503, 504})
    void byGivingUpAtOnceWhenItIsLongerThanWeWait(int status) {
      peer.does(status(status, "11"));

      assertUnavailable("costs-service returned " + status);
      assertThat(peer.paths()).hasSize(1);
    }

    @Test
    void byGivingUpAtOnceWhenTheDateIsTooFarAway() {
      peer.does(status(503, httpDate(NOON.plusSeconds(11))));

      assertUnavailable("costs-service returned 503");
      assertThat(peer.paths()).hasSize(1);
    }

    @Test
    void byPausingForAsManySeconds() {
      peer.doesInTurn(status(503, "1"), price("7"));

      prices.of(Set.of(TOKENS));

      assertThat(pausesInMillis).containsExactly(1_000L);
    }

    @Test
    void byPausingUntilADate() {
      peer.doesInTurn(status(503, httpDate(NOON.plusSeconds(1))), price("7"));

      prices.of(Set.of(TOKENS));

      assertThat(pausesInMillis).containsExactly(1_000L);
    }

    @Test
    void onlyWhereItCanBeRead() {
      peer.doesInTurn(status(503, "in a while"), price("7"));

      prices.of(Set.of(TOKENS));

      assertThat(pausesInMillis).containsExactly(0L);
    }

    private static String httpDate(Instant instant) {
      return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
    }
  }

  @Nested
  class TheCircuit {

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void opensAndRefusesWithoutAskingWhileTheServiceIsDown(int status) {
      peer.does(status(status));
      callUntilTheCircuitOpens();
      peer.does(price("1"));
      var asked = peer.paths().size();

      assertCircuitIsOpen();
      assertThat(peer.paths()).hasSize(asked);
    }

    @Test
    void opensWhenNobodyListens() {
      peer.close();
      callUntilTheCircuitOpens();

      assertCircuitIsOpen();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 404, 422, 429})
    void staysClosedWhenTheServiceDislikesWhatItIsAsked(int status) {
      peer.does(status(status));
      for (var call = 0; call < 2 * HttpUnitPrices.CALLS_REMEMBERED; call++) {
        assertThatThrownBy(() -> prices.of(Set.of(TOKENS))).isInstanceOf(CostRejected.class);
      }
      peer.does(price("1"));

      assertThat(prices.of(Set.of(TOKENS))).containsOnlyKeys(TOKENS);
    }

    @Test
    void staysClosedWhenAnswersAreUnusable() {
      peer.does(body("{}"));
      for (var call = 0; call < 2 * HttpUnitPrices.CALLS_REMEMBERED; call++) {
        assertUnavailable("costs-service gave no usable price for tokens");
      }
    }

    @Test
    void staysClosedWhenRetriesSucceed() {
      peer.does(
          exchange -> (peer.paths().size() % 4 == 0 ? price("1") : status(503)).handle(exchange));

      for (var call = 0; call < 2 * HttpUnitPrices.CALLS_REMEMBERED; call++) {
        assertThat(prices.of(Set.of(TOKENS))).containsOnlyKeys(TOKENS);
      }
    }

    @Test
    void leavesThoseUnderWayNoFurtherTry() throws Exception {
      var arrived = new CountDownLatch(1);
      var goOn = new CountDownLatch(1);
      peer.does(exchange -> {
        if (lastSegment(exchange.getRequestURI()).equals("minutes")) {
          arrived.countDown();
          await(goOn);
        }
        status(503).handle(exchange);
      });

      try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
        var underWay = callers.submit(() -> catchThrowable(() -> prices.of(Set.of(MINUTES))));
        await(arrived);
        callUntilTheCircuitOpens();
        goOn.countDown();

        assertThat(underWay.get())
            .isInstanceOf(CostRejected.PricesUnavailable.class)
            .hasMessage("costs-service unavailable: costs-service returned 503");
      }
      assertThat(peer.paths()).containsOnlyOnce("/v1/costs/minutes");
    }

    @Test
    void closesAgainWhenTheServiceIsBack() {
      peer.does(status(503));
      callUntilTheCircuitOpens();
      peer.does(price("1"));
      rest();

      for (var call = 0; call < 2 * HttpUnitPrices.CALLS_REMEMBERED; call++) {
        assertThat(prices.of(Set.of(TOKENS, MINUTES))).containsOnlyKeys(TOKENS, MINUTES);
      }
    }

    @Test
    void closesAgainWhenTheServiceSaysThatANameIsUnknown() {
      peer.does(status(503));
      callUntilTheCircuitOpens();
      peer.does(status(404));
      rest();

      for (var call = 0; call < 2; call++) {
        assertThatThrownBy(() -> prices.of(Set.of(TOKENS)))
            .isInstanceOf(CostRejected.UnknownCost.class);
      }
    }

    @Test
    void opensAgainAfterOneTryWhenTheServiceIsStillDown() {
      peer.does(status(503));
      callUntilTheCircuitOpens();
      rest();
      var asked = peer.paths().size();

      assertUnavailable("costs-service returned 503");
      assertCircuitIsOpen();
      assertThat(peer.paths()).hasSize(asked + 1);
    }

    @Test
    void letsOneCallerThroughToSeeWhetherTheServiceIsBack() throws Exception {
      peer.does(status(503));
      callUntilTheCircuitOpens();
      rest();
      var arrived = new CountDownLatch(1);
      var goOn = new CountDownLatch(1);
      peer.does(exchange -> {
        arrived.countDown();
        await(goOn);
        price("1").handle(exchange);
      });

      try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
        var first = callers.submit(() -> prices.of(Set.of(TOKENS)));
        await(arrived);
        assertCircuitIsOpen();
        goOn.countDown();

        assertThat(first.get()).containsOnlyKeys(TOKENS);
      }
      assertThat(prices.of(Set.of(TOKENS))).containsOnlyKeys(TOKENS);
    }

    @Test
    void isNotHeldHalfOpenByACallerWhoIsInterrupted() throws Exception {
      interruptTheProbe();
      peer.does(price("1"));

      assertThat(prices.of(Set.of(TOKENS))).containsOnlyKeys(TOKENS);
    }

    @Test
    void isNotClosedByACallerWhoIsInterrupted() throws Exception {
      interruptTheProbe();
      peer.does(status(503));
      var asked = peer.paths().size();

      assertUnavailable("costs-service returned 503");
      assertThat(peer.paths()).hasSize(asked + 1);
      assertCircuitIsOpen();
    }

    private void interruptTheProbe() throws Exception {
      peer.does(status(503));
      callUntilTheCircuitOpens();
      rest();
      var over = new CountDownLatch(1);
      var arrived = new CountDownLatch(1);
      peer.does(exchange -> {
        arrived.countDown();
        await(over);
      });
      var caller = Thread.ofVirtual().start(() -> assertUnavailable("the look-up was called off"));
      await(arrived);
      caller.interrupt();
      caller.join();
      over.countDown();
    }

    private void rest() {
      now.updateAndGet(then -> then.plus(LONG).plusMillis(1));
    }
  }

  @Nested
  class TheLog {

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level usual = root.getLevel();

    @BeforeEach
    void listen() {
      lines.list = Collections.synchronizedList(new ArrayList<>());
      lines.start();
      root.addAppender(lines);
      root.setLevel(Level.TRACE);
    }

    @AfterEach
    void stopListening() {
      root.setLevel(usual);
      root.detachAppender(lines);
    }

    @Test
    void hasALineForEachChangeOfTheCircuit() {
      peer.does(status(503));
      callUntilTheCircuitOpens();
      peer.does(price("1"));
      now.updateAndGet(then -> then.plus(LONG).plusMillis(1));
      prices.of(Set.of(TOKENS));

      assertThat(ours())
          .containsExactly(
              "The circuit to the costs-service was CLOSED and is OPEN now.",
              "The circuit to the costs-service was OPEN and is HALF_OPEN now.",
              "The circuit to the costs-service was HALF_OPEN and is CLOSED now.");
    }

    @Test
    void neverHasTheKeyAndNeitherHaveTheMessages() {
      var service = quick(peer.base(), KEY);
      var client = open(service);
      var said = new ArrayList<String>();
      said.add(service.toString());
      for (var behavior :
          List.of(status(404), body("{}"), status(401), status(503), cutInTheMiddle())) {
        peer.does(behavior);
        said.add(stackTrace(catchThrowable(() -> client.of(Set.of(TOKENS)))));
      }
      peer.close();
      for (var call = 0; call < HttpUnitPrices.CALLS_REMEMBERED; call++) {
        said.add(stackTrace(catchThrowable(() -> client.of(Set.of(TOKENS)))));
      }
      lines.list.forEach(line -> said.add(line.getFormattedMessage()));

      assertThat(ours()).isNotEmpty();
      assertThat(said).noneMatch(text -> text.contains(KEY));
    }

    private List<String> ours() {
      return lines.list.stream()
          .filter(line -> line.getLoggerName().equals(HttpUnitPrices.class.getName()))
          .map(ILoggingEvent::getFormattedMessage)
          .toList();
    }

    private static String stackTrace(Throwable thrown) {
      var trace = new StringWriter();
      thrown.printStackTrace(new PrintWriter(trace));
      return trace.toString();
    }
  }
}
