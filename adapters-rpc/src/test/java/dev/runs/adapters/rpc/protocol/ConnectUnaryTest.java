package dev.runs.adapters.rpc.protocol;

import static dev.runs.adapters.rpc.protocol.Client.gunzip;
import static dev.runs.adapters.rpc.protocol.Client.gzip;
import static dev.runs.adapters.rpc.protocol.Client.header;
import static dev.runs.adapters.rpc.protocol.Client.text;
import static dev.runs.adapters.rpc.protocol.Client.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest;
import dev.runs.adapters.rpc.probe.EchoRequest;
import dev.runs.adapters.rpc.probe.EchoResponse;
import dev.runs.adapters.rpc.probe.Named;
import dev.runs.adapters.rpc.probe.ProbeServer;
import java.net.URLEncoder;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(
    value = Version.class,
    names = {"HTTP_1_1", "HTTP_2"})
class ConnectUnaryTest {

  private static final String JSON = "application/json";
  private static final String PROTO = "application/proto";
  private static ProbeServer server;

  private final Client client;

  ConnectUnaryTest(Version version) {
    this.client = new Client(server, version);
  }

  @BeforeAll
  static void start() throws Exception {
    server = ProbeServer.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void answersJsonWithJson() throws Exception {
    var answer = client.post("Echo", JSON, utf8("{\"text\":\"hé\",\"number\":\"7\"}"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(text(answer))
        .isEqualTo("{\"text\":\"hé\",\"number\":\"7\",\"principal\":\"key:probe\"}");
  }

  @Test
  void takesACharsetAndAnyCaseOfTheMediaType() throws Exception {
    var answer = client.post("Echo", "Application/JSON; charset=UTF-8", utf8("{}"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
  }

  @Test
  void answersBinaryWithBinary() throws Exception {
    var request = EchoRequest.newBuilder().setText("hi").setNumber(7).build();

    var answer = client.post("Echo", PROTO, request.toByteArray());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/proto");
    assertThat(EchoResponse.parseFrom(answer.body()).getText()).isEqualTo("hi");
  }

  @Test
  void noBytesAreTheEmptyBinaryMessageAndNoJson() throws Exception {
    assertThat(client.post("Echo", PROTO, new byte[0]).statusCode()).isEqualTo(200);

    var answer = client.post("Echo", JSON, new byte[0]);

    assertFailed(answer, 400, "invalid_argument");
    assertThat(text(answer)).contains("empty");
  }

  @ParameterizedTest
  @CsvSource({"PHASE_RUNNING", "ACTION_PHASE_RUNNING", "4"})
  void readsBothNamesAndTheNumberOfAPhaseAndWritesTheCurrentName(String phase) throws Exception {
    var value = phase.length() > 1 ? "\"" + phase + "\"" : phase;

    var answer = client.post("Echo", JSON, utf8("{\"phase\":" + value + "}"));

    assertThat(text(answer)).contains("\"phase\":\"ACTION_PHASE_RUNNING\"");
  }

  @Test
  void passesOverUnknownFieldsOfJson() throws Exception {
    var answer = client.post("Echo", JSON, utf8("{\"text\":\"a\",\"color\":{\"x\":[1]}}"));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "\"text\"", "{\"text\":{}}", "{\"number\":\"x\"}", "\u0000"})
  void badJsonIsAnInvalidArgument(String json) throws Exception {
    assertFailed(client.post("Echo", JSON, utf8(json)), 400, "invalid_argument");
  }

  @Test
  void badUtf8IsAnInvalidArgument() throws Exception {
    assertFailed(
        client.post("Echo", JSON, new byte[] {'{', '"', -1, '"', ':', '1', '}'}),
        400,
        "invalid_argument");
  }

  @Test
  void badBinaryIsAnInvalidArgument() throws Exception {
    assertFailed(client.post("Echo", PROTO, new byte[] {-1}), 400, "invalid_argument");
  }

  @Test
  void deepJsonIsRefusedAndNoHarm() throws Exception {
    var deep = "{\"unknown\":" + "[".repeat(40_000) + "]".repeat(40_000) + "}";

    assertFailed(client.post("Echo", JSON, utf8(deep)), 400, "invalid_argument");
  }

  @Test
  void aBrokenRuleIsToldWithItsField() throws Exception {
    var answer = client.post("Echo", JSON, utf8("{\"number\":\"-1\",\"named\":{\"name\":\"\"}}"));

    assertFailed(answer, 400, "invalid_argument");
    assertThat(text(answer)).contains("number: ").contains("named.name: ");
    assertThat(badRequest(answer).getFieldViolationsList())
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactlyInAnyOrder("number", "named.name");
  }

  @Test
  void aFailureIsJsonAlsoWhenTheRequestWasBinary() throws Exception {
    var answer = client.post("Fail", PROTO, new byte[] {8, 5, 18, 2, 'n', 'o'});

    assertFailed(answer, 404, "not_found");
    assertThat(text(answer)).contains("\"message\":\"no\"").contains("probe.failed");
    assertThat(header(answer, "Retry-After")).isEqualTo("7");
  }

  @ParameterizedTest
  @EnumSource(RpcCode.class)
  void eachCodeHasItsStatus(RpcCode code) throws Exception {
    var answer = client.post("Fail", JSON, utf8("{\"code\":" + code.number() + "}"));

    assertFailed(answer, code.httpStatus(), code.wireName());
  }

  @Test
  void whatNobodyExpectedIsInternalAndTellsNothing() throws Exception {
    var answer = client.post("Fail", JSON, utf8("{\"unexpectedly\":true}"));

    assertFailed(answer, 500, "internal");
    assertThat(text(answer)).doesNotContain("secret").doesNotContain("Exception");
  }

  @Test
  void whatCannotBeToldIsNoSuccess() throws Exception {
    var answer = client.post("Fail", JSON, utf8("{}"), "X-Untellable", "yes");

    assertThat(answer.statusCode()).isEqualTo(500);
  }

  @Test
  void whoLacksTheScopeIsDenied() throws Exception {
    var answer = client.post("Echo", JSON, utf8("{}"), "X-Scopes", "nothing");

    assertFailed(answer, 403, "permission_denied");
    assertThat(text(answer)).contains("runs:read");
  }

  @Test
  void whoHasUsedUpABudgetIsToldSo() throws Exception {
    var answer = client.post("Echo", JSON, utf8("{}"), "X-Take", "NEW_RUNS");

    assertFailed(answer, 429, "resource_exhausted");
    assertThat(text(answer)).contains("NEW_RUNS");
  }

  @Test
  void whatIsToldAtTheEndIsAHeader() throws Exception {
    var answer = client.post("Echo", JSON, utf8("{}"), "X-Trailer", "so it was");

    assertThat(header(answer, "Trailer-x-told")).isEqualTo("so it was");
  }

  @Test
  void anotherVersionOfTheProtocolIsRefused() throws Exception {
    assertThat(client.post("Echo", JSON, utf8("{}"), "Connect-Protocol-Version", "1").statusCode())
        .isEqualTo(200);
    assertFailed(
        client.post("Echo", JSON, utf8("{}"), "Connect-Protocol-Version", "2"),
        400,
        "invalid_argument");
  }

  @Test
  void aBadTimeoutIsRefusedAndAnEndedOneToldAsSuch() throws Exception {
    assertFailed(
        client.post("Echo", JSON, utf8("{}"), "Connect-Timeout-Ms", "soon"),
        400,
        "invalid_argument");
    assertThat(client.post("Fail", JSON, utf8("{}"), "Connect-Timeout-Ms", "0").statusCode())
        .isIn(504, 500);
  }

  @Test
  void takesCompressedRequestsAndAnswersCompressed() throws Exception {
    var request = EchoRequest.newBuilder().setText("x".repeat(5_000)).build();

    var answer =
        client.post("Echo", PROTO, gzip(request.toByteArray()), "Content-Encoding", "gzip");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Encoding")).isEqualTo("gzip");
    assertThat(EchoResponse.parseFrom(gunzip(answer.body())).getText()).hasSize(5_000);
  }

  @Test
  void smallAnswersAndThoseNobodyWantsCompressedGoAsTheyAre() throws Exception {
    var large = utf8("{\"text\":\"" + "x".repeat(5_000) + "\"}");

    assertThat(header(client.post("Echo", JSON, large), "Content-Encoding")).isEmpty();
    assertThat(
            header(
                client.post("Echo", JSON, utf8("{}"), "Accept-Encoding", "gzip"),
                "Content-Encoding"))
        .isEmpty();
    assertThat(
            header(
                client.post("Echo", JSON, large, "Accept-Encoding", "br, gzip;q=0.5"),
                "Content-Encoding"))
        .isEqualTo("gzip");
  }

  @Test
  void unknownCompressionIsUnimplementedAndTheKnownIsNamed() throws Exception {
    var answer = client.post("Echo", JSON, utf8("{}"), "Content-Encoding", "br");

    assertFailed(answer, 501, "unimplemented");
    assertThat(text(answer)).contains("gzip");
    assertThat(header(answer, "Accept-Encoding")).isEqualTo("gzip");
  }

  @Test
  void whatOnlySaysItIsCompressedIsRefused() throws Exception {
    assertFailed(
        client.post("Echo", JSON, utf8("{}"), "Content-Encoding", "gzip"), 400, "invalid_argument");
  }

  @Test
  void aMessageMayBeAsLongAsTheLimitAndNoByteLonger() throws Exception {
    var head = 4; // one byte of the tag, three of the length
    var fits = EchoRequest.newBuilder().setText("x".repeat(ProbeServer.MOST_BYTES - head)).build();
    assertThat(fits.getSerializedSize()).isEqualTo(ProbeServer.MOST_BYTES);
    assertThat(client.post("Echo", PROTO, fits.toByteArray()).statusCode()).isEqualTo(200);

    var larger = EchoRequest.newBuilder().setText("x".repeat(ProbeServer.MOST_BYTES)).build();
    assertFailed(client.post("Echo", PROTO, larger.toByteArray()), 429, "resource_exhausted");
    assertFailed(
        client.post("Echo", PROTO, gzip(larger.toByteArray()), "Content-Encoding", "gzip"),
        429,
        "resource_exhausted");
  }

  @Test
  void getCarriesTheMessageInTheQuery() throws Exception {
    var json = URLEncoder.encode("{\"text\":\"a b\"}", StandardCharsets.UTF_8);
    var binary =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                EchoRequest.newBuilder()
                    .setBytes(ByteString.copyFrom(new byte[] {-1, -2, -3}))
                    .setNamed(Named.newBuilder().setName("n"))
                    .build()
                    .toByteArray());

    var ofJson = client.send(client.to("Echo?connect=v1&encoding=json&message=" + json).GET());
    var ofBinary =
        client.send(client.to("Echo?base64=1&encoding=proto&x=y&message=" + binary).GET());

    assertThat(text(ofJson)).contains("\"text\":\"a b\"");
    assertThat(header(ofJson, "Vary")).contains("Accept-Encoding");
    assertThat(EchoResponse.parseFrom(ofBinary.body()).getBytes().toByteArray())
        .containsExactly(-1, -2, -3);
  }

  @Test
  void getTakesCompressedMessages() throws Exception {
    var message = Base64.getUrlEncoder().encodeToString(gzip(utf8("{\"text\":\"small\"}")));

    var answer =
        client.send(
            client
                .to("Echo?base64=1&encoding=json&compression=gzip&message=" + encoded(message))
                .GET());

    assertThat(text(answer)).contains("small");
  }

  @ParameterizedTest
  @CsvSource({
    "encoding=json,400",
    "message=%7B%7D,400",
    "encoding=yaml&message=%7B%7D,415",
    "encoding=json&message=%7B%7D&connect=v2,400",
    "encoding=json&base64=1&message=!,400",
  })
  void aBadGetIsRefused(String query, int status) throws Exception {
    assertThat(client.send(client.to("Echo?" + query).GET()).statusCode()).isEqualTo(status);
  }

  @Test
  void onlyCallsThatChangeNothingCanBeGotten() throws Exception {
    var answer = client.send(client.to("Shout?encoding=json&message=%7B%7D").GET());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(header(answer, "Allow")).isEqualTo("POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"})
  void otherMethodsAreNotAllowed(String method) throws Exception {
    var answer = client.send(client.to("Echo").method(method, BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(header(answer, "Allow")).isEqualTo("GET, POST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/yaml",
        "application/grpc-web-text",
        "application/grpc+yaml",
        "application/connect+json"
      })
  void otherMediaTypesAreNotSupported(String type) throws Exception {
    var answer = client.post("Echo", type, utf8("{}"));

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(header(answer, "Accept-Post")).contains("application/json", "application/grpc");
    assertThat(answer.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Nothing", "echo", "Echo/", ""})
  void anUnknownCallIsNotFound(String call) throws Exception {
    var answer = client.post(call, JSON, utf8("{}"));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void aCallThatIsAlsoAStreamIsAnsweredOnceHere() throws Exception {
    assertThat(text(client.post("Shout", JSON, utf8("{\"text\":\"once\"}")))).contains("once");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static BadRequest badRequest(HttpResponse<byte[]> answer) throws Exception {
    var value =
        Pattern.compile("\"type\":\"google.rpc.BadRequest\",\"value\":\"([^\"]*)\"")
            .matcher(text(answer));
    assertThat(value.find()).isTrue();
    return BadRequest.parseFrom(Base64.getDecoder().decode(value.group(1)));
  }

  private static void assertFailed(HttpResponse<byte[]> answer, int status, String code) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(text(answer)).startsWith("{\"code\":\"" + code + "\"");
  }
}
