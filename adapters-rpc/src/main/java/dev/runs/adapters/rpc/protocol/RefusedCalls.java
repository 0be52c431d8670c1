package dev.runs.adapters.rpc.protocol;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Refuses calls before they get to a service, in the words of the protocol that is spoken. */
public final class RefusedCalls {

  private RefusedCalls() {}

  /** Answers a request, of which nothing was read or written yet. */
  public static void write(
      HttpServletRequest request, HttpServletResponse response, RpcException failure)
      throws IOException {
    var type = MediaTypes.of(request);
    Leftovers.throwAway(request, response);
    if (type.startsWith(GrpcWeb.MEDIA_TYPE)) {
      var trailers = GrpcTrailers.block(GrpcTrailers.of(failure, failure.metadata()));
      stream(response, type, new Envelope(Envelope.TRAILERS, trailers));
    } else if (type.startsWith(Grpc.MEDIA_TYPE)) {
      // an answer without a body has its trailers among the headers
      response.setStatus(HttpServletResponse.SC_OK);
      response.setContentType(type);
      GrpcTrailers.of(failure, failure.metadata()).forEach(response::setHeader);
      response.getOutputStream().close();
    } else if (type.startsWith(ConnectStream.MEDIA_TYPE)) {
      var end = ConnectErrors.endOfStream(failure, failure.metadata());
      stream(response, type, new Envelope(Envelope.END_OF_STREAM, end));
    } else {
      ConnectUnary.fail(response, failure);
    }
  }

  private static void stream(HttpServletResponse response, String type, Envelope only)
      throws IOException {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(type);
    response.getOutputStream().write(only.bytes());
    response.getOutputStream().close();
  }
}
