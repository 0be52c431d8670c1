package dev.runs.adapters.costs;

import static dev.runs.adapters.costs.Peer.body;
import static dev.runs.adapters.costs.Peer.price;
import static dev.runs.adapters.costs.Peer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.CostRejected;
import dev.runs.domain.cost.UnitPrice;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUnitPricesTest extends AskingAPeer {

  @Nested
  class TheRequest {

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '"',
        textBlock =
            """
            gpt-4o-input-tokens, gpt-4o-input-tokens
            two words,           two%20words
            a/b,                 a%2Fb
            100%,                100%25
            %2F,                 %252F
            Übergröße,           %C3%9Cbergr%C3%B6%C3%9Fe
            🎈,                  %F0%9F%8E%88
            a+b?c#d&e=f,         a%2Bb%3Fc%23d%26e%3Df
            AZaz09-_.!~*'(),     AZaz09-_.!~*'()
            ...,                 ...
            """)
    void carriesTheNameAsEncodeURIComponentWritesIt(String name, String segment) {
      prices.of(Set.of(new CostName(name)));

      assertThat(peer.paths()).containsExactly("/v1/costs/" + segment);
    }

    @ParameterizedTest
    @CsvSource({
      "'', /v1/costs/tokens",
      "/, /v1/costs/tokens",
      "//, /v1/costs/tokens",
      "/money, /money/v1/costs/tokens",
      "/money%20box/, /money%20box/v1/costs/tokens"
    })
    void goesBelowTheAddressThatIsConfigured(String path, String asked) {
      open(quick(URI.create(peer.base() + path), null)).of(Set.of(TOKENS));

      assertThat(peer.paths()).containsExactly(asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "half a pair \ud83c"})
    void isNotSentForANameThatNoAddressCanCarry(String name) {
      assertThatThrownBy(() -> prices.of(Set.of(new CostName(name))))
          .isInstanceOf(CostRejected.UnknownCost.class);

      assertThat(peer.paths()).isEmpty();
    }

    @Test
    void carriesTheKey() {
      open(quick(peer.base(), KEY)).of(Set.of(TOKENS));

      assertThat(peer.headersOfTheLast().get("X-API-Key")).containsExactly(KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void carriesNoKeyWhenItIsBlank(String blank) {
      open(quick(peer.base(), blank)).of(Set.of(TOKENS));

      assertThat(peer.headersOfTheLast()).doesNotContainKey("X-API-Key");
    }

    @Test
    void carriesNoKeyWhenThereIsNone() {
      prices.of(Set.of(TOKENS));

      assertThat(peer.headersOfTheLast()).containsOnlyKeys("Host", "User-agent");
    }

    @Test
    void isNotSentWhenNothingIsAskedFor() {
      assertThat(prices.of(Set.of())).isEmpty();
      assertThat(peer.paths()).isEmpty();
    }
  }

  @Nested
  class ThePrice {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"0.9703944519\"",
          "0.9703944519",
          "0.1000000000000000000000000000000000001",
          "\"0.1000000000000000000000000000000000001\"",
          "0",
          "\"0.0000000000\"",
          "999999.9999999999",
          "3e-4",
          "100.00"
        })
    void isReadExactly(String json) {
      peer.does(body("{\"costPerUnitInUsdCents\":" + json + ",\"effectiveFrom\":null}"));

      assertThat(prices.of(Set.of(TOKENS)))
          .containsOnly(Map.entry(TOKENS, new UnitPrice(new BigDecimal(json.replace("\"", "")))));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "null",
          "7",
          "[]",
          "{}",
          "<html>welcome</html>",
          "{\"costPerUnitInUsdCents\":\"1\"",
          "{\"costPerUnitInUsdCents\":\"1\"} {}",
          "{\"costPerUnitInUsdCents\":null}",
          "{\"costPerUnitInUsdCents\":\"\"}",
          "{\"costPerUnitInUsdCents\":\" \"}",
          "{\"costPerUnitInUsdCents\":\"cheap\"}",
          "{\"costPerUnitInUsdCents\":\"NaN\"}",
          "{\"costPerUnitInUsdCents\":true}",
          "{\"costPerUnitInUsdCents\":[\"1\"]}",
          "{\"costPerUnitInUsdCents\":{}}",
          "{\"costPerUnitInUsdCents\":-0.0000000001}",
          "{\"costPerUnitInUsdCents\":\"-1\"}",
          "{\"costPerUnitInUsdCents\":\"1000000\"}",
          "{\"costPerUnitInUsdCents\":1e999999999}",
          "{\"costPerUnitInUsdCents\":\"1e-999999999\"}",
          "{\"costPerUnitInUsdCents\":\"0.123456789012345678901234567890123456789\"}"
        })
    void isUnavailableWhenTheAnswerHasNone(String json) {
      peer.does(body(json));

      assertUnavailable("costs-service gave no usable price for tokens");
      assertThat(peer.paths()).hasSize(1);
    }

    @Test
    void isReadFromTheLargestAnswerThatIsAllowed() {
      peer.does(body(answerOf(CostsEndpoint.MOST_BYTES)));

      assertThat(prices.of(Set.of(TOKENS))).containsOnlyKeys(TOKENS);
    }

    @Test
    void isUnavailableWhenTheAnswerIsLarger() {
      peer.does(body(answerOf(CostsEndpoint.MOST_BYTES + 1)));

      assertUnavailable("costs-service answered for tokens with more than 65536 bytes");
      assertThat(peer.paths()).hasSize(1);
    }

    @Test
    void isUnavailableWhenTheAnswerNeverEnds() {
      peer.does(exchange -> {
        exchange.sendResponseHeaders(200, 0);
        var some = new byte[8_192];
        while (true) {
          exchange.getResponseBody().write(some);
        }
      });

      assertUnavailable("costs-service answered for tokens with more than 65536 bytes");
    }

    @Test
    void belongsToTheNameThatWasAskedForWhateverTheAnswerCallsIt() {
      peer.does(exchange ->
          body("{\"name\":\"TOKENS\",\"costPerUnitInUsdCents\":\"2\"}").handle(exchange));

      assertThat(prices.of(Set.of(TOKENS))).containsOnlyKeys(TOKENS);
    }

    @Test
    void isThatOfItsOwnNameWhenManyAreAskedFor() {
      peer.does(exchange -> price(lastSegment(exchange.getRequestURI())).handle(exchange));

      var asked = names(100);

      assertThat(prices.of(asked))
          .isEqualTo(
              asked.stream()
                  .collect(
                      Collectors.toMap(
                          name -> name, name -> new UnitPrice(new BigDecimal(name.value())))));
      assertThat(peer.paths()).hasSize(100).doesNotHaveDuplicates();
    }

    private static String answerOf(int bytes) {
      var front = "{\"costPerUnitInUsdCents\":\"1\",\"note\":\"";
      var back = "\"}";
      return front + "x".repeat(bytes - front.length() - back.length()) + back;
    }
  }

  @Nested
  class ManyNames {

    @Test
    void areAskedForTogether() {
      var both = new CyclicBarrier(2);
      peer.does(exchange -> {
        await(both);
        price("1").handle(exchange);
      });

      assertThat(prices.of(Set.of(TOKENS, MINUTES))).containsOnlyKeys(TOKENS, MINUTES);
    }

    @Test
    void areAskedForSixteenAtOnceAndNoMore() {
      var underWay = new AtomicInteger();
      var most = new AtomicInteger();
      var full = new CyclicBarrier(HttpUnitPrices.AT_ONCE);
      peer.does(exchange -> {
        most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        await(full);
        underWay.decrementAndGet();
        price("1").handle(exchange);
      });

      prices.of(names(3 * HttpUnitPrices.AT_ONCE));

      assertThat(most).hasValue(16);
    }

    @Test
    void areRefusedForTheFirstThatIsUnknown() {
      var tokensAreRefused = new CountDownLatch(1);
      peer.does(exchange -> {
        switch (lastSegment(exchange.getRequestURI())) {
          case "tokens" -> price("1").handle(exchange);
          case "minutes" -> {
            await(tokensAreRefused);
            status(404).handle(exchange);
          }
          default -> {
            status(404).handle(exchange);
            tokensAreRefused.countDown();
          }
        }
      });

      assertThatThrownBy(() -> prices.of(inOrder(TOKENS, MINUTES, PAGES)))
          .isInstanceOf(CostRejected.UnknownCost.class)
          .hasMessage("Unknown cost: minutes");
    }

    @Test
    void areRefusedForAnUnknownOneEvenIfAnotherHasNoAnswer() {
      peer.does(exchange ->
          status(lastSegment(exchange.getRequestURI()).equals("pages") ? 404 : 500)
              .handle(exchange));

      assertThatThrownBy(() -> prices.of(inOrder(TOKENS, PAGES)))
          .isInstanceOf(CostRejected.UnknownCost.class)
          .hasMessage("Unknown cost: pages");
    }

    @Test
    void areNotAskedForAnyFurtherOnceOneHasNoPrice() {
      peer.does(exchange ->
          (lastSegment(exchange.getRequestURI()).equals("1") ? status(404) : price("1"))
              .handle(exchange));

      assertThatThrownBy(() -> prices.of(names(100))).isInstanceOf(CostRejected.UnknownCost.class);

      assertThat(peer.paths()).hasSize(HttpUnitPrices.AT_ONCE);
    }
  }

  @Nested
  class Waiting {

    @Test
    void endsWhenTheCallerIsInterruptedInAPause() throws Exception {
      peer.does(status(503));

      assertEndsByInterruption(
          open(new CostsService(peer.base(), null, LONG, List.of(LONG), Duration.ZERO, LONG)));
    }

    @Test
    void endsWhenTheCallerIsInterruptedInATry() throws Exception {
      var over = new CountDownLatch(1);
      peer.does(exchange -> await(over));

      assertEndsByInterruption(prices);
      over.countDown();
    }

    @Test
    void endsWhenTheClientIsClosed() throws Exception {
      var over = new CountDownLatch(1);
      var arrived = new CountDownLatch(1);
      peer.does(exchange -> {
        arrived.countDown();
        await(over);
      });

      try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
        var thrown = callers.submit(() -> catchThrowable(() -> prices.of(Set.of(TOKENS))));
        await(arrived);
        prices.close();

        assertThat(thrown.get())
            .isInstanceOf(CostRejected.PricesUnavailable.class)
            .hasMessage("costs-service unavailable: the look-up was called off");
      }
      over.countDown();
    }

    @Test
    void doesNotBeginWhenTheClientIsClosed() {
      prices.close();

      assertUnavailable("the look-up was called off");
    }

    private void assertEndsByInterruption(HttpUnitPrices client) throws Exception {
      var thrown = new AtomicReference<@Nullable Throwable>();
      var staysInterrupted = new AtomicReference<Boolean>(false);
      var caller =
          Thread.ofVirtual()
              .start(() -> {
                thrown.set(catchThrowable(() -> client.of(Set.of(TOKENS))));
                staysInterrupted.set(Thread.currentThread().isInterrupted());
              });
      while (peer.paths().isEmpty()) {
        Thread.onSpinWait();
      }
      caller.interrupt();
      caller.join();

      assertThat(thrown.get())
          .isInstanceOf(CostRejected.PricesUnavailable.class)
          .hasMessage("costs-service unavailable: the look-up was called off");
      assertThat(staysInterrupted).hasValue(true);
    }
  }
}
