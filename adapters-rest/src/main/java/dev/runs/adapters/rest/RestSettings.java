package dev.runs.adapters.rest;

import dev.runs.adapters.rest.rate.AddressBlock;
import dev.runs.adapters.rest.rate.Budget;
import dev.runs.adapters.rest.rate.Rate;
import java.util.List;
import java.util.Map;

/**
 * What can be set about this surface.
 *
 * @param mostBodyBytes how many bytes the body of a request may have, at least 1
 * @param corsOrigins whose pages may call from a browser; {@code *} is everybody
 * @param rates how often what may be asked; a budget that is missing has no limit
 * @param trustedProxies whose word counts about where a request comes from
 */
public record RestSettings(
    long mostBodyBytes,
    List<String> corsOrigins,
    Map<Budget, Rate> rates,
    List<AddressBlock> trustedProxies) {

  public RestSettings {
    corsOrigins = List.copyOf(corsOrigins);
    rates = Map.copyOf(rates);
    trustedProxies = List.copyOf(trustedProxies);
    if (mostBodyBytes < 1) {
      throw new IllegalArgumentException("a body may have at least 1 byte, not " + mostBodyBytes);
    }
  }
}
