package dev.runs.adapters.rest.registry;

import dev.runs.adapters.rest.caller.ApiKeyFilter;
import dev.runs.adapters.rest.json.Json;
import dev.runs.adapters.rest.problem.OtherSurface;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.Problems;
import dev.runs.domain.access.Access;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** The surface of the pipeline registry's clients, as one request sees it. */
record RegistrySurface(Optional<Access> keyless) implements OtherSurface {

  /** Its routes are declared like all others. */
  @Override
  public Optional<String> route() {
    return Optional.empty();
  }

  @Override
  public boolean isMeasuringBodies() {
    return false;
  }

  @Override
  public boolean isLoggedLater(HttpServletRequest request) {
    return false;
  }

  @Override
  public void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    var refusal = RegistryRefusal.of(problem, ApiKeyFilter.headerOfKey(request));
    Problems.send(request, response, refusal.answered(), Json.MEDIA_TYPE, refusal.json());
  }
}
