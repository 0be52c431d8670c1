package dev.runs.bootstrap.endtoend;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The client of the gRPC project for Java. */
final class GrpcJavaClient implements PublishedClient {

  private static final String SERVICE = "flyteidl2.workflow.RunService";
  private static final long LONGEST_SECONDS = 60;

  private final ManagedChannel connection;
  private final Channel channel;

  GrpcJavaClient(URI address, String key) {
    this.connection =
        NettyChannelBuilder.forAddress(address.getHost(), address.getPort()).usePlaintext().build();
    var headers = new Metadata();
    headers.put(Metadata.Key.of("x-api-key", Metadata.ASCII_STRING_MARSHALLER), key);
    this.channel =
        ClientInterceptors.intercept(
            connection, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  @Override
  public <A extends Message> A call(String method, Message request, A empty) {
    try {
      return ClientCalls.blockingUnaryCall(
          channel, descriptor(method, MethodType.UNARY, request, empty), options(), request);
    } catch (StatusRuntimeException e) {
      throw failed(e);
    }
  }

  @Override
  public <A extends Message> List<A> stream(String method, Message request, A empty) {
    var answers = new ArrayList<A>();
    try {
      ClientCalls.blockingServerStreamingCall(
              channel,
              descriptor(method, MethodType.SERVER_STREAMING, request, empty),
              options(),
              request)
          .forEachRemaining(answers::add);
      return answers;
    } catch (StatusRuntimeException e) {
      throw failed(e);
    }
  }

  private static CallOptions options() {
    return CallOptions.DEFAULT.withDeadlineAfter(LONGEST_SECONDS, TimeUnit.SECONDS);
  }

  private static <A extends Message> MethodDescriptor<Message, A> descriptor(
      String method, MethodType type, Message request, A empty) {
    return MethodDescriptor.<Message, A>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, method))
        .setRequestMarshaller(ProtoUtils.marshaller(request.getDefaultInstanceForType()))
        .setResponseMarshaller(ProtoUtils.marshaller(empty))
        .build();
  }

  private static RpcClient.Failed failed(StatusRuntimeException failure) {
    var status = failure.getStatus();
    return new RpcClient.Failed(
        status.getCode().name().toLowerCase(Locale.ROOT), String.valueOf(status.getDescription()));
  }

  @Override
  public void close() {
    connection.shutdownNow();
  }
}
