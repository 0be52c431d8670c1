package dev.runs.adapters.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.web.access.SignInOptions;
import dev.runs.domain.access.OrganizationId;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** The lines that make a first run, with the address of the server. */
final class FirstRunTest {

  private static final OrganizationId ACME = new OrganizationId(new UUID(0x7000, 1));

  private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/console");

  @Test
  void goToTheServerThatWasReached() {
    request.setServerName("runs.acme.example");
    request.setServerPort(8090);

    assertThat(firstRun(null).reported(ACME, request))
        .allMatch(line -> line.contains("http://runs.acme.example:8090"));
  }

  @Test
  void goToTheAddressThatTheConfigurationNames() {
    var publicUrl = URI.create("https://runs.example/");

    assertThat(firstRun(publicUrl).reported(ACME, request))
        .containsExactly(
            "curl -H \"X-API-Key: $RUNS_KEY\" -H 'Content-Type: application/json'"
                + " https://runs.example/v1/runs -d '{\"organizationId\": \""
                + ACME
                + "\", \"serviceName\": \"reports\", \"taskName\": \"weekly\"}'",
            "RUNS_API_URL=https://runs.example RUNS_API_KEY=$RUNS_KEY runs enqueue demo.greet"
                + " --organization "
                + ACME
                + " --input '{\"name\": \"Ada\"}'");
    assertThat(firstRun(publicUrl).queued(ACME, request))
        .allMatch(line -> line.contains("demo.greet") && line.contains(ACME.toString()))
        .last()
        .isEqualTo(firstRun(publicUrl).reported(ACME, request).getLast());
  }

  private static FirstRun firstRun(@Nullable URI publicUrl) {
    return new FirstRun(new ServerAddress(new SignInOptions(false, publicUrl)));
  }
}
