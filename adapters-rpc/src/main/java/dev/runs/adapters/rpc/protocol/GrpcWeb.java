package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Message;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** gRPC for browsers: what would be trailers is one more message, the last. */
final class GrpcWeb extends Enveloped {

  static final String MEDIA_TYPE = "application/grpc-web";

  private final String mediaType;

  GrpcWeb(
      HttpServletRequest request,
      HttpServletResponse response,
      Codec codec,
      Message emptyRequest,
      int mostBytes,
      String mediaType) {
    super(
        request, response, codec, emptyRequest, mostBytes, "grpc-encoding", "grpc-accept-encoding");
    this.mediaType = mediaType;
  }

  @Override
  String mediaType() {
    return mediaType;
  }

  @Override
  Optional<Duration> timeout() {
    return Timeouts.grpc(request.getHeader(Timeouts.GRPC));
  }

  @Override
  void end(@Nullable RpcException failure, Map<String, String> metadata) throws IOException {
    var trailers = GrpcTrailers.of(failure, withThoseOf(failure, metadata));
    response
        .getOutputStream()
        .write(new Envelope(Envelope.TRAILERS, GrpcTrailers.block(trailers)).bytes());
    response.getOutputStream().close();
  }
}
