package dev.runs.adapters.rest.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.RestTest;
import dev.runs.adapters.rest.RestWorld;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProblemsTest extends RestTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/nowhere",
        "/v1",
        "/v1/",
        "/v1/nowhere",
        "/v2/runs",
        "/v1/runs/x/y",
        "/error",
        "/v1/costs/a/b"
      })
  void areAnsweredOnPathsThatNobodyKnows(String path) {
    var answer = client.get(path).is(404);

    assertThat(answer.contentType()).isEqualTo("application/problem+json");
    assertThat(answer.json().propertyNames())
        .containsExactly(
            "type",
            "title",
            "status",
            "detail",
            "instance",
            "requestId",
            "code",
            "error",
            "errors");
    assertThat(answer.textAt("/type")).isEqualTo("urn:runs:error:request.not_found");
    assertThat(answer.textAt("/title")).isEqualTo("Not Found");
    assertThat(answer.at("/status").asInt()).isEqualTo(404);
    assertThat(answer.textAt("/detail")).isEqualTo("Not found");
    assertThat(answer.textAt("/error")).isEqualTo("Not found");
    assertThat(answer.textAt("/code")).isEqualTo("request.not_found");
    assertThat(answer.at("/errors")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,/v1/runs,'GET, POST'",
    "DELETE,/v1/organizations,POST",
    "GET,/v1/users,POST",
    "POST,/v1/runs/018f0000-0000-7000-8000-00000000dead,'DELETE, GET, PATCH'",
    "PATCH,/v1/runs/018f0000-0000-7000-8000-00000000dead/costs,'GET, POST'",
    "POST,/v1/runs/018f0000-0000-7000-8000-00000000dead/tree,GET",
    "POST,/v1/runs/summary,'DELETE, GET, PATCH'",
    "GET,/v1/runs:batch,POST",
    "GET,/v1/costs:batch,POST",
    "POST,/v1/costs,GET",
    "POST,/v1/costs/x,'DELETE, GET, PUT'",
    "PUT,/v1/costs/x/history,GET",
    "POST,/v1/run-states,GET",
    "POST,/v1/system/rollup-audit,GET",
    "POST,/health,GET",
    "DELETE,/v1/openapi.json,GET"
  })
  void nameTheMethodsThatAPathAllows(String method, String path, String allowed) {
    var answer = client.send(method, path, new byte[0]).is(405);

    assertThat(answer.header("Allow")).isEqualTo(allowed);
    assertThat(answer.textAt("/code")).isEqualTo("request.method_not_allowed");
    assertThat(answer.contentType()).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "image/png", "application/xml", "nonsense"})
  void areAnsweredWhateverTheClientAccepts(String accepted) {
    var picky = client.with("Accept", accepted);

    assertThat(picky.get("/v1/run-states").is(200).contentType()).isEqualTo("application/json");
    assertThat(picky.get("/v1/nowhere").is(404).contentType())
        .isEqualTo("application/problem+json");
    assertThat(picky.get("/v1/runs/" + NOBODY).is(404).textAt("/code")).isEqualTo("run.not_found");
  }

  @Test
  void tellNothingOfWhatNobodyExpected() {
    var broken = new RestWorld();
    var path = "/v1/runs/" + broken.run(broken.organization()) + "/costs";
    broken.pricesFrom(_ -> {
      throw new IllegalStateException("jdbc:postgresql://user:secret@db/runs");
    });

    var answer = broken.client().post(path, "{'items':[{'costName':'x','quantity':1}]}").is(500);

    assertThat(answer.textAt("/error")).isEqualTo("Internal server error");
    assertThat(answer.textAt("/code")).isEqualTo("internal_error");
    assertThat(answer.textAt("/requestId")).matches("[0-9a-f-]{36}");
    assertThat(answer.text()).doesNotContain("secret").doesNotContain("Exception");
  }

  @Test
  void answerAMultipartBodyWithTheTypeThatIsMeant() {
    var answer =
        client
            .with("Content-Type", "multipart/form-data; boundary=x")
            .post("/v1/runs", "--x\r\n\r\nno part\r\n")
            .is(415);

    assertThat(answer.textAt("/code")).isEqualTo("request.unsupported_media_type");
  }

  @Test
  void areAnsweredForWhatTheServerRefusesItself() throws Exception {
    var answer = page(400, null);

    assertThat(answer.at("/status").asInt()).isEqualTo(400);
    assertThat(answer.at("/code").asString()).isEqualTo("request.refused");
    assertThat(answer.at("/instance").asString()).isEqualTo("/v1/asked");
  }

  @ParameterizedTest
  @CsvSource({
    "404,404,request.not_found",
    "414,414,request.refused",
    "431,431,request.refused",
    "503,500,internal_error"
  })
  void keepTheStatusOfTheServerUnlessItIsItsOwnFault(int status, int shown, String code)
      throws Exception {
    var answer = page(status, null);

    assertThat(answer.at("/status").asInt()).isEqualTo(shown);
    assertThat(answer.at("/code").asString()).isEqualTo(code);
  }

  @Test
  void areAnsweredForWhatFailsBesideTheControllers() throws Exception {
    var bug = page(500, new ServletException(new IllegalStateException("secret")));
    var refused =
        page(
            500,
            new ServletException(
                new RequestRefused(Problem.of(Refusal.TOO_LARGE, "too large indeed"))));

    assertThat(bug.at("/error").asString()).isEqualTo("Internal server error");
    assertThat(bug.toString()).doesNotContain("secret");
    assertThat(refused.at("/status").asInt()).isEqualTo(413);
  }

  @Test
  void areNotToldToAClientThatHasGone() throws Exception {
    var request = new MockHttpServletRequest("GET", "/v1/runs");
    var gone = new MockHttpServletResponse();
    new ProblemAdvice().answer(new EOFException("closed"), request, gone);

    assertThat(gone.getContentAsString()).isEmpty();
  }

  private static JsonNode page(int status, @Nullable Exception failure) throws Exception {
    var request = new MockHttpServletRequest("GET", "/error");
    request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, status);
    request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, "/v1/asked");
    if (failure != null) {
      request.setAttribute(RequestDispatcher.ERROR_EXCEPTION, failure);
    }
    var response = new MockHttpServletResponse();
    new ProblemPages().answer(request, response);
    return JsonMapper.shared().readTree(response.getContentAsString(StandardCharsets.UTF_8));
  }
}
