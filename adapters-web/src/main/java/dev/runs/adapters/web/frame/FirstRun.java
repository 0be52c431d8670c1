package dev.runs.adapters.web.frame;

import dev.runs.domain.access.OrganizationId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.stereotype.Component;

/** Lines for a shell that make a first run in an organization; they expect a key in RUNS_KEY. */
@Component
public final class FirstRun {

  private final ServerAddress serverAddress;

  public FirstRun(ServerAddress serverAddress) {
    this.serverAddress = serverAddress;
  }

  /** One that its client executes, and one out of the queue. */
  public List<String> reported(OrganizationId organization, HttpServletRequest request) {
    return lines(
        serverAddress.of(request),
        organization,
        "\"serviceName\": \"reports\", \"taskName\": \"weekly\"");
  }

  /** Two ways into the queue. */
  public List<String> queued(OrganizationId organization, HttpServletRequest request) {
    return lines(
        serverAddress.of(request),
        organization,
        "\"kind\": \"demo.greet\", \"input\": {\"name\": \"Ada\"}");
  }

  private static List<String> lines(String server, OrganizationId organization, String members) {
    return List.of(
        ("curl -H \"X-API-Key: $RUNS_KEY\" -H 'Content-Type: application/json' %s/v1/runs"
                + " -d '{\"organizationId\": \"%s\", %s}'")
            .formatted(server, organization, members),
        ("RUNS_API_URL=%s RUNS_API_KEY=$RUNS_KEY runs enqueue demo.greet --organization %s"
                + " --input '{\"name\": \"Ada\"}'")
            .formatted(server, organization));
  }
}
