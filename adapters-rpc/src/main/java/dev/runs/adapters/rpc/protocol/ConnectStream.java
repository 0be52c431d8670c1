package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Message;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Connect stream: how it went stands in the last message, whatever happened. */
final class ConnectStream extends Enveloped {

  static final String MEDIA_TYPE = "application/connect+";

  ConnectStream(
      HttpServletRequest request,
      HttpServletResponse response,
      Codec codec,
      Message emptyRequest,
      int mostBytes) {
    super(
        request,
        response,
        codec,
        emptyRequest,
        mostBytes,
        "Connect-Content-Encoding",
        "Connect-Accept-Encoding");
  }

  @Override
  String mediaType() {
    return MEDIA_TYPE + codec.wireName();
  }

  @Override
  void check() {
    ConnectUnary.checkVersion(request.getHeader(ConnectUnary.VERSION_HEADER));
    super.check();
  }

  @Override
  Optional<Duration> timeout() {
    return Timeouts.connect(request.getHeader(Timeouts.CONNECT));
  }

  @Override
  void end(@Nullable RpcException failure, Map<String, String> trailers) throws IOException {
    var metadata = withThoseOf(failure, trailers);
    var end = new Envelope(Envelope.END_OF_STREAM, ConnectErrors.endOfStream(failure, metadata));
    response.getOutputStream().write(end.bytes());
    response.getOutputStream().close();
  }
}
