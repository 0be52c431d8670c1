package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Message;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** gRPC over HTTP/2: how it went stands in the trailers, whatever happened. */
final class Grpc extends Enveloped {

  static final String MEDIA_TYPE = "application/grpc";

  private final String mediaType;
  private Map<String, String> trailers = Map.of();

  Grpc(
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

  /** Trailers have to be announced before the first byte, and are asked for after the last. */
  @Override
  void open() {
    response.setTrailerFields(() -> trailers);
    super.open();
  }

  @Override
  Optional<Duration> timeout() {
    return Timeouts.grpc(request.getHeader(Timeouts.GRPC));
  }

  @Override
  void end(@Nullable RpcException failure, Map<String, String> metadata) throws IOException {
    trailers = GrpcTrailers.of(failure, withThoseOf(failure, metadata));
    response.getOutputStream().close();
  }
}
