package dev.runs.adapters.rest.request;

import dev.runs.adapters.rest.problem.OtherSurface;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.Problems;
import dev.runs.adapters.rest.problem.Refusal;
import dev.runs.adapters.rest.problem.RequestRefused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;

/** Refuses bodies that are too large: at once when they say so, else as soon as it shows. */
@Order(FilterOrder.BODY_LIMIT)
public final class BodyLimitFilter extends HttpFilter {

  private final long mostBytes;

  /**
   * @param mostBytes how many bytes a body may have
   */
  public BodyLimitFilter(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (OtherSurface.of(request).filter(OtherSurface::isMeasuringBodies).isPresent()) {
      chain.doFilter(request, response);
    } else if (request.getContentLengthLong() > mostBytes) {
      Problems.write(request, response, problem());
    } else {
      chain.doFilter(new Limited(request), response);
    }
  }

  private Problem problem() {
    return Problem.of(
        Refusal.TOO_LARGE, "The body is larger than the %d bytes allowed".formatted(mostBytes));
  }

  private final class Limited extends HttpServletRequestWrapper {

    private @Nullable ServletInputStream body;

    private Limited(HttpServletRequest request) {
      super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (body == null) {
        body = new Counted(super.getInputStream(), this);
      }
      return body;
    }

    /** All text that is sent here is JSON, which is UTF-8. */
    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private final class Counted extends ServletInputStream {

    private final ServletInputStream body;
    private final ServletRequest request;
    private long read;

    private Counted(ServletInputStream body, ServletRequest request) {
      this.body = body;
      this.request = request;
    }

    @Override
    public int read() throws IOException {
      var one = body.read();
      count(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      var some = body.read(bytes, offset, length);
      count(Math.max(some, 0));
      return some;
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }

    private void count(int bytes) {
      read += bytes;
      request.setAttribute(Problems.READ, read);
      if (read > mostBytes) {
        throw new RequestRefused(problem());
      }
    }
  }
}
