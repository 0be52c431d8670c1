package dev.runs.bootstrap;

import dev.runs.adapters.rest.caller.AccessLogFilter;
import dev.runs.adapters.rest.trace.RequestId;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers what Jetty refuses by itself, such as a path that cannot be decoded or headers that are
 * too large, in the shape of every other error.
 */
final class JettyProblems extends ErrorHandler {

  /** Jetty itself leaves the answers to PUT, PATCH and DELETE empty. */
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      String message,
      @Nullable Throwable cause,
      Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    Content.Sink.write(response, true, body(status, requestId(request, response)), callback);
  }

  /** A request that already has an id was seen by the filters, which log it. */
  private static String requestId(Request request, Response response) {
    var known = response.getHeaders().get(RequestId.HEADER);
    if (known != null) {
      return known;
    }
    var id = RequestId.of(request.getHeaders().get(RequestId.HEADER));
    response.getHeaders().put(RequestId.HEADER, id);
    AccessLogFilter.logUnread(id, response.getStatus());
    return id;
  }

  private static String body(int status, String requestId) {
    var title = HttpStatus.getMessage(status);
    var code = "http." + title.toLowerCase(Locale.ROOT).replace(' ', '_');
    return """
    {"type":"about:blank","title":"%s","status":%d,"detail":"%s","requestId":"%s","code":"%s",\
    "error":"%s","errors":[]}\
    """
        .formatted(title, status, title, requestId, code, title);
  }
}
