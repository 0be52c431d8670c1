package dev.runs.adapters.costs;

import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.CostRejected;
import dev.runs.domain.cost.UnitPrice;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The one request there is, tried once. */
final class CostsEndpoint implements AutoCloseable {

  /** An answer is a few hundred bytes; what is larger than this is something else. */
  static final int MOST_BYTES = 64 * 1024;

  private final CostsService service;
  private final InstantSource clock;
  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  CostsEndpoint(CostsService service, InstantSource clock) {
    this.service = service;
    this.clock = clock;
  }

  /** What is read of an answer; whatever else is in it is nobody's business here. */
  private record PriceAnswer(@Nullable BigDecimal costPerUnitInUsdCents) {}

  /**
   * @throws CostRejected.UnknownCost when the service does not know the name
   * @throws NoPrice in any other case
   */
  UnitPrice priceOf(CostName name) {
    var address =
        CostAddress.of(service.base(), name)
            .orElseThrow(() -> new CostRejected.UnknownCost(name.value()));
    var answer = answerFrom(address);
    return switch (answer.statusCode()) {
      case 200 -> priceIn(answer.body(), name);
      case 404 -> throw new CostRejected.UnknownCost(name.value());
      default -> throw new NoPrice.Returned(answer.statusCode(), retryAfter(answer));
    };
  }

  /** Breaks off what is under way; from then on every try ends in {@link NoPrice}. */
  @Override
  public void close() {
    client.shutdownNow();
  }

  /** The client's own timeout would end with the headers; this one includes the body. */
  private HttpResponse<Optional<byte[]>> answerFrom(URI address) {
    var answer = client.sendAsync(requestTo(address), _ -> new CappedBody(MOST_BYTES));
    try {
      return answer.get(service.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new NoPrice.Silence("costs-service did not answer in time", late);
    } catch (ExecutionException broken) {
      throw silence(broken);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new NoPrice.CalledOff(interruption);
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest requestTo(URI address) {
    var request = HttpRequest.newBuilder(address).GET();
    if (service.apiKey() != null) {
      request.header("X-API-Key", service.apiKey());
    }
    return request.build();
  }

  private static NoPrice silence(ExecutionException broken) {
    return switch (broken.getCause()) {
      case ConnectException refused ->
          new NoPrice.Silence("costs-service could not be reached", refused);
      case IOException cut -> new NoPrice.Silence("the connection to costs-service broke", cut);
      case null, default -> throw new IllegalStateException(broken);
    };
  }

  private Duration retryAfter(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .flatMap(value -> RetryAfter.of(value, clock.instant()))
        .orElse(Duration.ZERO);
  }

  private UnitPrice priceIn(Optional<byte[]> body, CostName name) {
    var bytes =
        body.orElseThrow(() ->
            new NoPrice.Unusable(
                "costs-service answered for %s with more than %d bytes".formatted(name, MOST_BYTES),
                null));
    try {
      // the JSON text null reads as no answer at all
      return Optional.ofNullable(json.readValue(bytes, PriceAnswer.class))
          .map(PriceAnswer::costPerUnitInUsdCents)
          .map(UnitPrice::new)
          .orElseThrow(() -> noUsablePrice(name, null));
    } catch (JacksonException | CostRejected notAPrice) {
      throw noUsablePrice(name, notAPrice);
    }
  }

  private static NoPrice noUsablePrice(CostName name, @Nullable Exception cause) {
    return new NoPrice.Unusable("costs-service gave no usable price for " + name, cause);
  }
}
