package dev.runs.adapters.rpc.protocol;

import static dev.runs.adapters.rpc.protocol.Client.enveloped;
import static dev.runs.adapters.rpc.protocol.Client.envelopes;
import static dev.runs.adapters.rpc.protocol.Client.header;
import static dev.runs.adapters.rpc.protocol.Client.joined;
import static dev.runs.adapters.rpc.protocol.Client.text;
import static dev.runs.adapters.rpc.protocol.Client.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.rpc.probe.CountRequest;
import dev.runs.adapters.rpc.probe.CountResponse;
import dev.runs.adapters.rpc.probe.EchoRequest;
import dev.runs.adapters.rpc.probe.EchoResponse;
import dev.runs.adapters.rpc.probe.FailRequest;
import dev.runs.adapters.rpc.probe.ProbeServer;
import dev.runs.adapters.rpc.probe.WaitRequest;
import java.net.http.HttpClient.Version;
import java.util.Optional;
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
class GrpcWebTest {

  private static final String WEB = "application/grpc-web+proto";
  private static ProbeServer server;

  private final Version version;
  private final Client client;

  GrpcWebTest(Version version) {
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
  void endsWithItsTrailersAsTheLastMessage() throws Exception {
    var request = EchoRequest.newBuilder().setText("hi").build();

    var answer = client.post("Echo", WEB, enveloped(request), "X-Trailer", "told");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Type")).isEqualTo(WEB);
    var envelopes = envelopes(answer);
    assertThat(envelopes).extracting(Envelope::flags).containsExactly(0, 128);
    assertThat(EchoResponse.parseFrom(envelopes.getFirst().payload()).getText()).isEqualTo("hi");
    assertThat(text(envelopes.getLast())).isEqualTo("x-told: told\r\ngrpc-status: 0\r\n");
  }

  @Test
  void speaksJsonAndNamesNoCodecWhereTheClientNamesNone() throws Exception {
    var json =
        client.post(
            "Echo", "application/grpc-web+json", new Envelope(0, utf8("{\"text\":\"j\"}")).bytes());
    assertThat(text(envelopes(json).getFirst())).contains("\"text\":\"j\"");

    var plain =
        client.post("Echo", "application/grpc-web", enveloped(EchoRequest.newBuilder().build()));
    assertThat(header(plain, "Content-Type")).isEqualTo("application/grpc-web");
  }

  @Test
  void aFailureIsInTheTrailersToo() throws Exception {
    var request = FailRequest.newBuilder().setCode(5).setMessage("100 % gone").build();

    var answer = client.post("Fail", WEB, enveloped(request));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(text(envelopes(answer).getLast()))
        .contains("grpc-status: 5\r\n")
        .contains("grpc-message: 100 %25 gone\r\n")
        .contains("retry-after: 7\r\n")
        .contains("grpc-status-details-bin: ");
  }

  @Test
  void streams() throws Exception {
    var answer = client.post("Count", WEB, enveloped(CountRequest.newBuilder().setTo(2).build()));

    assertThat(envelopes(answer)).extracting(Envelope::flags).containsExactly(0, 0, 128);
  }

  @Test
  void endsAtItsDeadline() throws Exception {
    var answer =
        client.post(
            "Wait",
            WEB,
            enveloped(WaitRequest.newBuilder().setId("web").build()),
            "grpc-timeout",
            "300m");

    assertThat(text(envelopes(answer).getLast())).contains("grpc-status: 4\r\n");
    assertThat(server.nextCancelled()).isEqualTo("web");
  }

  /** Or a client would use it for its next call while it is being closed. */
  @Test
  void saysThatTheConnectionEndsWhereTheRestOfARequestIsNotRead() throws Exception {
    // a stream of HTTP/2 of which much more is left is cancelled, and its answer may be lost
    var bytes = version == Version.HTTP_1_1 ? 400_000 : ProbeServer.MOST_BYTES + 1;

    var answer = client.post("Echo", WEB, new Envelope(0, new byte[bytes]).bytes());

    assertThat(text(envelopes(answer).getLast())).contains("grpc-status: 8\r\n");
    assertThat(answer.headers().firstValue("Connection"))
        .isEqualTo(version == Version.HTTP_1_1 ? Optional.of("close") : Optional.empty());
  }

  @Test
  void aBadTimeoutIsAnInvalidArgument() throws Exception {
    var answer =
        client.post("Echo", WEB, enveloped(EchoRequest.newBuilder().build()), "grpc-timeout", "1h");

    assertThat(text(envelopes(answer).getLast())).contains("grpc-status: 3\r\n");
  }

  @Test
  void aCallThatCanAlsoBeAStreamIsAnsweredOverEitherVersion() throws Exception {
    var answer =
        client.post("Shout", WEB, enveloped(EchoRequest.newBuilder().setText("a").build()));

    assertThat(envelopes(answer)).extracting(Envelope::flags).containsExactly(0, 128);
  }

  @Test
  void bothSidesAtOnceNeedHttp2() throws Exception {
    var number = CountResponse.newBuilder().setNumber(1).build();

    var answer = client.post("RunningSum", WEB, joined(enveloped(number), enveloped(number)));

    assertThat(answer.statusCode()).isEqualTo(version == Version.HTTP_2 ? 200 : 505);
  }

  @Test
  void plainGrpcNeedsHttp2() throws Exception {
    var answer =
        client.post("Echo", "application/grpc", enveloped(EchoRequest.newBuilder().build()));

    assertThat(answer.statusCode()).isEqualTo(version == Version.HTTP_2 ? 200 : 505);
  }
}
