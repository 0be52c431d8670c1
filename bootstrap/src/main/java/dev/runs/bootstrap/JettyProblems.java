package dev.runs.bootstrap;

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
    Content.Sink.write(response, true, body(status), callback);
  }

  private static String body(int status) {
    var title = HttpStatus.getMessage(status);
    var code = "http." + title.toLowerCase(Locale.ROOT).replace(' ', '_');
    return """
    {"type":"about:blank","title":"%s","status":%d,"detail":"%s","code":"%s","error":"%s","errors":[]}\
    """
        .formatted(title, status, title, code, title);
  }
}
