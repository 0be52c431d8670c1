package dev.runs.adapters.rest.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rest.Client.Answer;
import dev.runs.adapters.rest.RestTest;
import dev.runs.adapters.rest.RestWorld;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest extends RestTest {

  private static final String PATH = "/v1/organizations";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"externalId\":\"s3cret\"|1",
        "{\"externalId\":s3cret}|1",
        "{'externalId':'s3cret'}|1",
        "{\"externalId\":\"s3cret\"} x|1",
        "{\"externalId\":\"s3cret\"}{}|1",
        "{\"externalId\":1e99999999999999}|1",
        "{\"externalId\":NaN}|1",
        "{\"externalId\":01}|1",
        "{\"externalId\":\"s3cret\",}|1"
      })
  void isRefusedWhenItIsNotWellFormedAndNeverRepeated(String body, int line) {
    var answer = send(body.getBytes(StandardCharsets.UTF_8)).is(400);

    assertThat(answer.textAt("/code")).isEqualTo("request.malformed_json");
    assertThat(answer.textAt("/error"))
        .matches("The body is not well-formed JSON \\(line " + line + ", column \\d+\\)");
    assertThat(answer.text()).doesNotContain("s3cret");
  }

  @Test
  void isRefusedWithTheLineThatIsWrong() {
    var answer = send("{\n  \"externalId\": \"x\",\n  oops\n}".getBytes(StandardCharsets.UTF_8));

    assertThat(answer.is(400).textAt("/error")).contains("(line 3, column ");
  }

  @Test
  void isRefusedWhenAKeyStandsTwice() {
    var answer = client.post(PATH, "{'externalId':'a','externalId':'b'}").is(400);

    assertThat(answer.textAt("/code")).isEqualTo("request.duplicate_key");
    assertThat(answer.textAt("/error")).startsWith("The body has the same key twice (line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "7", "'text'", "true"})
  void isRefusedWhenItIsNoObject(String body) {
    var answer = client.post(PATH, body).is(400);

    assertThat(answer.textAt("/error")).isEqualTo("The body must be a JSON object");
    assertThat(answer.textAt("/errors/0/pointer")).isEmpty();
  }

  @Test
  void isRefusedWhenItIsNoUtf8() {
    send(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'}).is(400);
  }

  @Test
  void isRefusedWhenItIsNestedTooDeep() {
    var answer = send(("{\"a\":" + "[".repeat(10_000)).getBytes(StandardCharsets.UTF_8)).is(400);

    assertThat(answer.textAt("/code")).isEqualTo("request.malformed_json");
    assertThat(answer.textAt("/error")).startsWith("The body is nested too deeply");
  }

  @ParameterizedTest
  @CsvSource({"1000,400", "1001,400", "100000,400"})
  void isReadWithoutCalculatingWithLongNumbers(int digits, int status) {
    var answer = client.post(PATH, "{'externalId':%s}", "1".repeat(digits)).is(status);

    assertThat(answer.text()).doesNotContain("1111");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/merge-patch+json"
      })
  void isReadAsJson(String type) {
    client.with("Content-Type", type).post(PATH, "{'externalId':'typed'}");
    client.with("Content-Type", type).post(PATH, "{'externalId':'typed'}").is(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/xml",
        "application/jsonx",
        "nonsense",
        "*/*"
      })
  void isRefusedWhenItIsOfAnotherType(String type) {
    var answer = client.with("Content-Type", type).post(PATH, "{'externalId':'typed'}").is(415);

    assertThat(answer.textAt("/code")).isEqualTo("request.unsupported_media_type");
    assertThat(answer.header("Accept")).isEqualTo("application/json");
  }

  @Test
  void isRefusedWhenItIsOfNoType() {
    client.without("Content-Type").post(PATH, "{'externalId':'typed'}").is(415);
  }

  @Test
  void isRefusedWhenItIsAFormThatSomebodyElseHasRead() {
    client
        .with("Content-Type", "application/x-www-form-urlencoded")
        .put("/v1/costs/form", "a=b")
        .is(415);
  }

  @Test
  void mayBeAbsentWhateverItsType() {
    assertThat(client.with("Content-Type", "text/plain").post(PATH, "").is(400).textAt("/error"))
        .isEqualTo("externalId is required");
  }

  @Test
  void mayHaveAsManyBytesAsAreAllowedAndNotOneMore() {
    send(padded(RestWorld.MOST_BODY_BYTES)).is(201);

    var answer = send(padded(RestWorld.MOST_BODY_BYTES + 1)).is(413);
    assertThat(answer.textAt("/code")).isEqualTo("request.too_large");
    assertThat(answer.textAt("/error"))
        .isEqualTo("The body is larger than the 1048576 bytes allowed");
  }

  private static byte[] padded(int size) {
    var body = "{\"externalId\":\"padded\"}";
    return (body + " ".repeat(size - body.length())).getBytes(StandardCharsets.UTF_8);
  }

  private Answer send(byte[] body) {
    return client.send("POST", PATH, body);
  }
}
