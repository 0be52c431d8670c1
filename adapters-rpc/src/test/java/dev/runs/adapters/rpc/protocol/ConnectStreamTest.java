package dev.runs.adapters.rpc.protocol;

import static dev.runs.adapters.rpc.protocol.Client.enveloped;
import static dev.runs.adapters.rpc.protocol.Client.envelopes;
import static dev.runs.adapters.rpc.protocol.Client.gunzip;
import static dev.runs.adapters.rpc.protocol.Client.gzip;
import static dev.runs.adapters.rpc.protocol.Client.header;
import static dev.runs.adapters.rpc.protocol.Client.joined;
import static dev.runs.adapters.rpc.protocol.Client.text;
import static dev.runs.adapters.rpc.protocol.Client.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rpc.probe.CountRequest;
import dev.runs.adapters.rpc.probe.CountResponse;
import dev.runs.adapters.rpc.probe.EchoRequest;
import dev.runs.adapters.rpc.probe.ProbeServer;
import dev.runs.adapters.rpc.probe.WaitRequest;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(
    value = Version.class,
    names = {"HTTP_1_1", "HTTP_2"})
class ConnectStreamTest {

  private static final String PROTO = "application/connect+proto";
  private static final String JSON = "application/connect+json";
  private static ProbeServer server;

  private final Version version;
  private final Client client;

  ConnectStreamTest(Version version) {
    this.version = version;
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
  void sendsEachAnswerInAnEnvelopeAndThenTheEnd() throws Exception {
    var answer = client.post("Count", PROTO, enveloped(count(3)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo(PROTO);
    var envelopes = envelopes(answer);
    assertThat(envelopes).extracting(Envelope::flags).containsExactly(0, 0, 0, 2);
    assertThat(CountResponse.parseFrom(envelopes.get(2).payload()).getNumber()).isEqualTo(3);
    assertThat(text(envelopes.get(3))).isEqualTo("{}");
  }

  @Test
  void speaksJsonToo() throws Exception {
    var answer = client.post("Count", JSON, new Envelope(0, utf8("{\"to\":1}")).bytes());

    assertThat(header(answer, "Content-Type")).isEqualTo(JSON);
    assertThat(text(envelopes(answer).getFirst())).isEqualTo("{\"number\":\"1\"}");
  }

  @Test
  void aFailureIsTheLastMessageAndTheStatusStays200() throws Exception {
    var answer = client.post("Count", PROTO, enveloped(count(1).toBuilder().setCode(9).build()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(text(envelopes(answer).getLast()))
        .startsWith("{\"error\":{\"code\":\"failed_precondition\"")
        .contains("counted enough");
  }

  @Test
  void whatIsWrongBeforeTheFirstMessageIsToldTheSameWay() throws Exception {
    assertEnd(
        client.post("Count", PROTO, enveloped(count(1)), "Connect-Protocol-Version", "3"),
        "invalid_argument");
    assertEnd(
        client.post("Count", PROTO, enveloped(count(1)), "Connect-Timeout-Ms", "x"),
        "invalid_argument");
    assertEnd(
        client.post("Count", PROTO, enveloped(count(1)), "Connect-Content-Encoding", "zstd"),
        "unimplemented");
    assertEnd(
        client.post("Count", PROTO, enveloped(count(1)), "X-Scopes", "nothing"),
        "permission_denied");
  }

  @Test
  void wantsExactlyOneRequest() throws Exception {
    assertEnd(client.post("Count", PROTO, new byte[0]), "unimplemented");
    assertEnd(
        client.post("Count", PROTO, joined(enveloped(count(1)), enveloped(count(1)))),
        "unimplemented");
  }

  @Test
  void refusesMalformedEnvelopes() throws Exception {
    assertEnd(client.post("Count", PROTO, new byte[] {0, 0}), "invalid_argument");
    assertEnd(
        client.post("Count", PROTO, new Envelope(4, new byte[0]).bytes()), "invalid_argument");
    assertEnd(client.post("Count", PROTO, new Envelope(1, new byte[1]).bytes()), "internal");
    assertEnd(client.post("Count", PROTO, new byte[] {0, 127, 0, 0, 0}), "resource_exhausted");
    assertEnd(
        client.post(
            "Count",
            PROTO,
            new Envelope(1, new byte[] {1, 2}).bytes(),
            "Connect-Content-Encoding",
            "gzip"),
        "invalid_argument");
  }

  @Test
  void compressesMessageByMessage() throws Exception {
    var request = count(1).toBuilder().setPadding(5_000).build();

    var answer =
        client.post(
            "Count",
            PROTO,
            new Envelope(1, gzip(request.toByteArray())).bytes(),
            "Connect-Content-Encoding",
            "gzip");

    assertThat(header(answer, "Connect-Content-Encoding")).isEqualTo("gzip");
    assertThat(header(answer, "Content-Encoding")).isEmpty();
    var first = envelopes(answer).getFirst();
    assertThat(first.flags()).isEqualTo(1);
    assertThat(CountResponse.parseFrom(gunzip(first.payload())).getPadding()).hasSize(5_000);
  }

  @Test
  void endsAtItsDeadline() throws Exception {
    var answer =
        client.post("Wait", PROTO, enveloped(waiting("late")), "Connect-Timeout-Ms", "300");

    assertThat(envelopes(answer)).hasSize(2);
    assertEnd(answer, "deadline_exceeded");
    assertThat(server.nextCancelled()).isEqualTo("late");
  }

  @Test
  void sendsHeadersAndTheFirstMessageAtOnce() throws Exception {
    var request =
        client
            .to("Wait")
            .header("Content-Type", PROTO)
            .POST(BodyPublishers.ofByteArray(enveloped(waiting("open"))))
            .build();

    var answer = client.http().send(request, BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      assertThat(Envelope.read(body, 100)).isPresent();
    }

    if (version == Version.HTTP_2) {
      assertThat(server.nextCancelled()).isEqualTo("open");
    }
  }

  @Test
  void aStreamOfRequestsHasOneAnswer() throws Exception {
    var answer = client.post("Sum", PROTO, joined(enveloped(number(2)), enveloped(number(40))));

    assertThat(CountResponse.parseFrom(envelopes(answer).getFirst().payload()).getNumber())
        .isEqualTo(42);
    assertThat(envelopes(answer)).hasSize(2);
  }

  @Test
  void bothSidesAtOnceNeedHttp2() throws Exception {
    var answer =
        client.post("RunningSum", PROTO, joined(enveloped(number(2)), enveloped(number(40))));

    if (version == Version.HTTP_2) {
      assertThat(envelopes(answer)).hasSize(3);
    } else {
      assertThat(answer.statusCode()).isEqualTo(505);
    }
  }

  @Test
  void aCallOfOneAnswerCanBeAStreamOfMany() throws Exception {
    var request = EchoRequest.newBuilder().setText("a").build();

    var answer = client.post("Shout", PROTO, joined(enveloped(request), enveloped(request)));

    if (version == Version.HTTP_2) {
      assertThat(envelopes(answer)).hasSize(3);
    } else {
      assertThat(answer.statusCode()).isEqualTo(505);
    }
  }

  @Test
  void aStreamIsNoUnaryCall() throws Exception {
    var answer = client.post("Count", "application/json", utf8("{}"));

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(header(answer, "Accept-Post"))
        .startsWith("application/connect+json, application/connect+proto");
  }

  @Test
  void aClientThatLeavesIsNoticedAtTheNextMessage() throws Exception {
    var body = enveloped(count(1_000_000).toBuilder().setPadding(1_000).build());
    try (var socket = new Socket("localhost", server.port())) {
      var head =
          String.join(
              "\r\n",
              "POST /probe.ProbeService/Count HTTP/1.1",
              "Host: localhost",
              "Content-Type: " + PROTO,
              "Content-Length: " + body.length,
              "",
              "");
      socket.getOutputStream().write(joined(utf8(head), body));
      assertThat(socket.getInputStream().readNBytes(1_000)).hasSize(1_000);
    }

    var ended = server.nextEnded();
    while (!isCancelledCount(ended)) {
      ended = server.nextEnded();
    }
    assertThat(ended.took()).isPositive();
  }

  private static boolean isCancelledCount(CallLog.Entry ended) {
    var failure = ended.failure();
    return ended.method().path().equals("/probe.ProbeService/Count")
        && failure != null
        && failure.code() == RpcCode.CANCELED;
  }

  private static CountRequest count(int to) {
    return CountRequest.newBuilder().setTo(to).build();
  }

  private static CountResponse number(long number) {
    return CountResponse.newBuilder().setNumber(number).build();
  }

  private static WaitRequest waiting(String id) {
    return WaitRequest.newBuilder().setId(id).build();
  }

  private static void assertEnd(HttpResponse<byte[]> answer, String code) throws Exception {
    assertThat(answer.statusCode()).isEqualTo(200);
    var last = envelopes(answer).getLast();
    assertThat(last.flags()).isEqualTo(Envelope.END_OF_STREAM);
    assertThat(text(last)).startsWith("{\"error\":{\"code\":\"" + code + "\"");
  }
}
