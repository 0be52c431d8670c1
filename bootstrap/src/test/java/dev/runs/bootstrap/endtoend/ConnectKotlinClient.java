package dev.runs.bootstrap.endtoend;

import com.connectrpc.ConnectException;
import com.connectrpc.Idempotency;
import com.connectrpc.MethodSpec;
import com.connectrpc.ProtocolClientConfig;
import com.connectrpc.RequestCompression;
import com.connectrpc.ResponseMessage;
import com.connectrpc.SerializationStrategy;
import com.connectrpc.ServerOnlyStreamInterface;
import com.connectrpc.StreamType;
import com.connectrpc.compression.GzipCompressionPool;
import com.connectrpc.extensions.GoogleJavaJSONStrategy;
import com.connectrpc.extensions.GoogleJavaProtobufStrategy;
import com.connectrpc.impl.ProtocolClient;
import com.connectrpc.okhttp.ConnectOkHttpClient;
import com.connectrpc.protocols.GETConfiguration;
import com.connectrpc.protocols.NetworkProtocol;
import com.google.protobuf.Message;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.jvm.JvmClassMappingKt;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.channels.ClosedReceiveChannelException;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/** The client of the Connect project for Kotlin and Java, which speaks all three protocols. */
final class ConnectKotlinClient implements PublishedClient {

  private static final String SERVICE = "flyteidl2.workflow.RunService/";

  /** Only keeps a test that would wait for ever from doing so. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /**
   * How it talks.
   *
   * @param isCompressing whether it compresses what it sends
   * @param isGetting whether it asks by GET where a call changes nothing
   */
  record Transport(
      NetworkProtocol protocol,
      SerializationStrategy messages,
      Protocol http,
      boolean isCompressing,
      boolean isGetting) {

    static Transport of(NetworkProtocol protocol, SerializationStrategy messages, Protocol http) {
      return new Transport(protocol, messages, http, false, false);
    }

    static SerializationStrategy binary() {
      return new GoogleJavaProtobufStrategy();
    }

    static SerializationStrategy json() {
      return new GoogleJavaJSONStrategy();
    }

    Transport compressing() {
      return new Transport(protocol, messages, http, true, isGetting);
    }

    Transport getting() {
      return new Transport(protocol, messages, http, isCompressing, true);
    }

    @Override
    public String toString() {
      return protocol
          + ", "
          + (messages instanceof GoogleJavaJSONStrategy ? "JSON" : "binary")
          + ", "
          + http
          + (isCompressing ? ", gzip" : "")
          + (isGetting ? ", GET" : "");
    }
  }

  private final OkHttpClient http;
  private final ProtocolClient client;
  private final Map<String, List<String>> headers;

  ConnectKotlinClient(URI address, String key, Transport transport) {
    this.http =
        new OkHttpClient.Builder()
            .protocols(List.of(transport.http()))
            .callTimeout(LONGEST)
            .connectTimeout(LONGEST)
            .readTimeout(LONGEST)
            .writeTimeout(LONGEST)
            .build();
    this.headers = Map.of("x-api-key", List.of(key));
    var gzip = GzipCompressionPool.INSTANCE;
    this.client =
        new ProtocolClient(
            new ConnectOkHttpClient(http),
            new ProtocolClientConfig(
                address.toString(),
                transport.messages(),
                transport.protocol(),
                transport.isCompressing() ? new RequestCompression(0, gzip) : null,
                transport.isGetting()
                    ? GETConfiguration.Enabled.INSTANCE
                    : GETConfiguration.Disabled.INSTANCE,
                List.of(),
                List.of(gzip)));
  }

  @Override
  public <A extends Message> A call(String method, Message request, A empty) {
    var idempotency =
        method.startsWith("Get") || method.startsWith("List")
            ? Idempotency.NO_SIDE_EFFECTS
            : Idempotency.UNKNOWN;
    var answer =
        client
            .unaryBlocking(
                request, headers, spec(method, request, empty, StreamType.UNARY, idempotency))
            .execute();
    return switch (answer) {
      case ResponseMessage.Success<A> success -> success.getMessage();
      case ResponseMessage.Failure<A> failure -> throw failed(failure.getCause());
      default -> throw new IllegalStateException("neither success nor failure: " + answer);
    };
  }

  @Override
  public <A extends Message> List<A> stream(String method, Message request, A empty) {
    var spec = spec(method, request, empty, StreamType.SERVER, Idempotency.UNKNOWN);
    var answers = new ArrayList<A>();
    try {
      ServerOnlyStreamInterface<Message, A> stream =
          await(continuation -> client.serverStream(headers, spec, continuation));
      await(continuation -> send(stream, request, continuation));
      while (true) {
        answers.add(await(continuation -> stream.responseChannel().receive(continuation)));
      }
    } catch (ClosedReceiveChannelException end) {
      return answers;
    } catch (Exception e) { // Kotlin throws checked exceptions without a word
      if (e instanceof ConnectException failure) {
        throw failed(failure);
      }
      throw new IllegalStateException(method + " broke off", e);
    }
  }

  @SuppressWarnings("unchecked") // the class of a message is that of its type
  private static <A extends Message> MethodSpec<Message, A> spec(
      String method, Message request, A empty, StreamType type, Idempotency idempotency) {
    return new MethodSpec<>(
        SERVICE + method,
        JvmClassMappingKt.getKotlinClass((Class<Message>) request.getClass()),
        JvmClassMappingKt.getKotlinClass((Class<A>) empty.getClass()),
        type,
        idempotency);
  }

  /** Kotlin gives the method a name that cannot be written in Java. */
  private static @Nullable Object send(
      ServerOnlyStreamInterface<?, ?> stream, Message request, Continuation<?> continuation) {
    try {
      return ServerOnlyStreamInterface.class
          .getMethod("sendAndClose-gIAlu-s", Object.class, Continuation.class)
          .invoke(stream, request, continuation);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T await(Function<Continuation<? super T>, @Nullable Object> suspending)
      throws InterruptedException {
    return BuildersKt.runBlocking(
        EmptyCoroutineContext.INSTANCE, (_, continuation) -> suspending.apply(continuation));
  }

  private static RpcClient.Failed failed(ConnectException failure) {
    var failed =
        new RpcClient.Failed(failure.getCode().getCodeName(), String.valueOf(failure.getMessage()));
    failed.initCause(failure);
    return failed;
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
