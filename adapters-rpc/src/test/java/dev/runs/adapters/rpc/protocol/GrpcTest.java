package dev.runs.adapters.rpc.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import dev.runs.adapters.rpc.probe.CountRequest;
import dev.runs.adapters.rpc.probe.CountResponse;
import dev.runs.adapters.rpc.probe.EchoRequest;
import dev.runs.adapters.rpc.probe.EchoResponse;
import dev.runs.adapters.rpc.probe.FailRequest;
import dev.runs.adapters.rpc.probe.ProbeServer;
import dev.runs.adapters.rpc.probe.WaitRequest;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client of grpc-java. */
class GrpcTest {

  private static ProbeServer server;
  private static ManagedChannel channel;

  @BeforeAll
  static void start() throws Exception {
    server = ProbeServer.start();
    channel = NettyChannelBuilder.forAddress("localhost", server.port()).usePlaintext().build();
  }

  @AfterAll
  static void stop() throws Exception {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    server.stop();
  }

  @Test
  void answersOneWithOne() {
    var answer = echo(EchoRequest.newBuilder().setText("hi").build(), CallOptions.DEFAULT);

    assertThat(answer.getText()).isEqualTo("hi");
    assertThat(answer.getPrincipal()).isEqualTo("key:probe");
  }

  @Test
  void compressesBothWays() {
    var large = EchoRequest.newBuilder().setText("x".repeat(50_000)).build();

    var answer = echo(large, CallOptions.DEFAULT.withCompression("gzip"));

    assertThat(answer.getText()).hasSize(50_000);
  }

  @ParameterizedTest
  @EnumSource(RpcCode.class)
  void eachFailureIsAStatusWithItsMessageAndDetails(RpcCode code) {
    var failed =
        failure(
            "Fail", FailRequest.newBuilder().setCode(code.number()).setMessage("né % 100").build());

    assertThat(failed.getStatus().getCode().value()).isEqualTo(code.number());
    assertThat(failed.getStatus().getDescription()).isEqualTo("né % 100");
    assertThat(details(failed, ErrorInfo.class).getReason()).isEqualTo("probe.failed");
    assertThat(trailers(failed).get(ascii("retry-after"))).isEqualTo("7");
  }

  @Test
  void whatNobodyExpectedIsInternalAndTellsNothing() {
    var failed = failure("Fail", FailRequest.newBuilder().setUnexpectedly(true).build());

    assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(failed.getStatus().getDescription()).isEqualTo("Internal server error");
  }

  @Test
  void aBrokenRuleIsToldWithItsField() {
    var failed = failure("Echo", EchoRequest.newBuilder().setNumber(-1).build());

    assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(details(failed, BadRequest.class).getFieldViolations(0).getField())
        .isEqualTo("number");
  }

  @Test
  void aVeryLongMessageOfAFailureIsShortened() {
    var failed =
        failure("Fail", FailRequest.newBuilder().setCode(3).setMessage("ü".repeat(40_000)).build());

    assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failed.getStatus().getDescription()).hasSize(501).endsWith("…");
  }

  @Test
  void whoLacksTheScopeIsDenied() {
    var headers = new Metadata();
    headers.put(ascii("x-scopes"), "nothing");
    var denied =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));

    var failed =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                ClientCalls.blockingUnaryCall(
                    denied,
                    method(
                        "Echo",
                        MethodType.UNARY,
                        EchoRequest.getDefaultInstance(),
                        EchoResponse.getDefaultInstance()),
                    CallOptions.DEFAULT,
                    EchoRequest.getDefaultInstance()));

    assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
  }

  @Test
  void anUnknownCallIsUnimplemented() {
    assertThat(failure("Nothing", EchoRequest.getDefaultInstance()).getStatus().getCode())
        .isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void aMessageThatIsTooLargeExhaustsAResource() {
    var larger = EchoRequest.newBuilder().setText("x".repeat(ProbeServer.MOST_BYTES)).build();

    assertThat(failure("Echo", larger).getStatus().getCode())
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void streamsAllAnswersAndThenHowItWent() {
    var counted = count(CountRequest.newBuilder().setTo(1_000).setPadding(200).build());
    var numbers = new ArrayList<Long>();
    counted.forEachRemaining(answer -> numbers.add(answer.getNumber()));
    assertThat(numbers).hasSize(1_000).isSorted();

    var failing = count(CountRequest.newBuilder().setTo(2).setCode(10).build());
    var failed =
        catchThrowableOfType(StatusRuntimeException.class, () -> failing.forEachRemaining(_ -> {}));
    assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
    assertThat(failed.getStatus().getDescription()).isEqualTo("counted enough");
  }

  @Test
  void aStreamEndsAtItsDeadline() throws Exception {
    var answers =
        ClientCalls.blockingServerStreamingCall(
            channel,
            waiting(),
            CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS),
            WaitRequest.newBuilder().setId("late").build());

    var failed =
        catchThrowableOfType(StatusRuntimeException.class, () -> answers.forEachRemaining(_ -> {}));

    assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(server.nextCancelled()).isEqualTo("late");
  }

  @Test
  void aClientThatCancelsIsNoticedAtOnce() throws Exception {
    var call = channel.newCall(waiting(), CallOptions.DEFAULT);
    var first = new CompletableFuture<CountResponse>();
    ClientCalls.asyncServerStreamingCall(
        call, WaitRequest.newBuilder().setId("gone").build(), new Gathered<>(first));
    assertThat(first.get().getNumber()).isEqualTo(1);

    call.cancel("enough", null);

    assertThat(server.nextCancelled()).isEqualTo("gone");
  }

  @Test
  void gathersRequests() throws Exception {
    var sum = new CompletableFuture<CountResponse>();
    var requests =
        ClientCalls.asyncClientStreamingCall(
            channel.newCall(numbers("Sum", MethodType.CLIENT_STREAMING), CallOptions.DEFAULT),
            new Gathered<>(sum));
    for (var number = 1; number <= 100; number++) {
      requests.onNext(CountResponse.newBuilder().setNumber(number).build());
    }
    requests.onCompleted();

    assertThat(sum.get().getNumber()).isEqualTo(5_050);
  }

  @Test
  void bothSidesTalkAtOnce() throws Exception {
    var answers = new Conversation();
    var requests =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(numbers("RunningSum", MethodType.BIDI_STREAMING), CallOptions.DEFAULT),
            answers);

    requests.onNext(CountResponse.newBuilder().setNumber(2).build());
    assertThat(answers.next()).isEqualTo(2);
    requests.onNext(CountResponse.newBuilder().setNumber(40).build());
    assertThat(answers.next()).isEqualTo(42);
    requests.onCompleted();
    answers.awaitEnd();
  }

  @Test
  void aCallOfOneAnswerCanBeAStreamOfMany() throws Exception {
    var method =
        method(
            "Shout",
            MethodType.BIDI_STREAMING,
            EchoRequest.getDefaultInstance(),
            EchoResponse.getDefaultInstance());
    var all = Collections.synchronizedList(new ArrayList<String>());
    var end = new CompletableFuture<Boolean>();
    var requests =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(method, CallOptions.DEFAULT),
            new StreamObserver<EchoResponse>() {
              @Override
              public void onNext(EchoResponse answer) {
                all.add(answer.getText());
              }

              @Override
              public void onError(Throwable failure) {
                end.completeExceptionally(failure);
              }

              @Override
              public void onCompleted() {
                end.complete(true);
              }
            });
    for (var text : List.of("a", "b", "c")) {
      requests.onNext(EchoRequest.newBuilder().setText(text).build());
    }
    requests.onCompleted();

    assertThat(end.get()).isTrue();
    assertThat(all).containsExactly("a", "b", "c");
  }

  @Test
  void aServerThatStopsEndsItsStreams() throws Exception {
    var other = ProbeServer.start();
    var otherChannel =
        NettyChannelBuilder.forAddress("localhost", other.port()).usePlaintext().build();
    try {
      var answers =
          ClientCalls.blockingServerStreamingCall(
              otherChannel,
              waiting(),
              CallOptions.DEFAULT,
              WaitRequest.newBuilder().setId("stopped").build());
      assertThat(answers.next().getNumber()).isEqualTo(1);

      other.servlet().stopCalls();

      var failed = catchThrowableOfType(StatusRuntimeException.class, answers::next);
      assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(other.nextCancelled()).isEqualTo("stopped");
    } finally {
      otherChannel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
      other.stop();
    }
  }

  private static EchoResponse echo(EchoRequest request, CallOptions options) {
    return ClientCalls.blockingUnaryCall(
        channel,
        method(
            "Echo",
            MethodType.UNARY,
            EchoRequest.getDefaultInstance(),
            EchoResponse.getDefaultInstance()),
        options,
        request);
  }

  private static Iterator<CountResponse> count(CountRequest request) {
    return ClientCalls.blockingServerStreamingCall(
        channel,
        method(
            "Count",
            MethodType.SERVER_STREAMING,
            CountRequest.getDefaultInstance(),
            CountResponse.getDefaultInstance()),
        CallOptions.DEFAULT,
        request);
  }

  @SuppressWarnings("unchecked") // the default instance of a message is of its own type
  private static <Q extends Message> StatusRuntimeException failure(String call, Q request) {
    return catchThrowableOfType(
        StatusRuntimeException.class,
        () ->
            ClientCalls.blockingUnaryCall(
                channel,
                method(
                    call,
                    MethodType.UNARY,
                    (Q) request.getDefaultInstanceForType(),
                    EchoResponse.getDefaultInstance()),
                CallOptions.DEFAULT,
                request));
  }

  private static MethodDescriptor<WaitRequest, CountResponse> waiting() {
    return method(
        "Wait",
        MethodType.SERVER_STREAMING,
        WaitRequest.getDefaultInstance(),
        CountResponse.getDefaultInstance());
  }

  private static MethodDescriptor<CountResponse, CountResponse> numbers(
      String call, MethodType type) {
    return method(
        call, type, CountResponse.getDefaultInstance(), CountResponse.getDefaultInstance());
  }

  private static <Q extends Message, A extends Message> MethodDescriptor<Q, A> method(
      String call, MethodType type, Q request, A answer) {
    return MethodDescriptor.<Q, A>newBuilder()
        .setType(type)
        .setFullMethodName("probe.ProbeService/" + call)
        .setRequestMarshaller(ProtoUtils.marshaller(request))
        .setResponseMarshaller(ProtoUtils.marshaller(answer))
        .build();
  }

  private static <D extends Message> D details(StatusRuntimeException failed, Class<D> type) {
    var status = Objects.requireNonNull(StatusProto.fromThrowable(failed));
    return status.getDetailsList().stream()
        .filter(detail -> detail.is(type))
        .map(detail -> unpacked(detail, type))
        .findFirst()
        .orElseThrow();
  }

  private static <D extends Message> D unpacked(Any detail, Class<D> type) {
    try {
      return detail.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static Metadata trailers(StatusRuntimeException failed) {
    return Objects.requireNonNull(failed.getTrailers());
  }

  private static Metadata.Key<String> ascii(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  /** Takes the first answer, or why there is none. */
  private record Gathered<A>(CompletableFuture<A> first) implements StreamObserver<A> {

    @Override
    public void onNext(A answer) {
      first.complete(answer);
    }

    @Override
    public void onError(Throwable failure) {
      first.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      first.completeExceptionally(new IllegalStateException("there was no answer"));
    }
  }

  /** Hands out answers one by one. */
  private static final class Conversation implements StreamObserver<CountResponse> {

    private final BlockingQueue<Long> numbers = new LinkedBlockingQueue<>();
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();

    long next() throws InterruptedException {
      return numbers.take();
    }

    void awaitEnd() throws Exception {
      assertThat(end.get()).isTrue();
    }

    @Override
    public void onNext(CountResponse answer) {
      numbers.add(answer.getNumber());
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      end.complete(true);
    }
  }
}
