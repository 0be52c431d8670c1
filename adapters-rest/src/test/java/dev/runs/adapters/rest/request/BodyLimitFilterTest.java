package dev.runs.adapters.rest.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runs.adapters.rest.problem.RequestRefused;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class BodyLimitFilterTest {

  private static final int MOST = 10;

  /** Reads a body in some way; how many bytes or characters there were. */
  private interface Reader {
    int read(ServletRequest request) throws IOException;
  }

  @Test
  void letsABodyBeReadThatIsAsLargeAsAllowed() throws Exception {
    assertThat(read(MOST, request -> request.getInputStream().readAllBytes().length))
        .isEqualTo(MOST);
    assertThat(read(MOST, BodyLimitFilterTest::byteByByte)).isEqualTo(MOST);
    assertThat(read(MOST, request -> request.getReader().readAllAsString().length()))
        .isEqualTo(MOST);
  }

  @Test
  void stopsABodyThatDidNotSayThatItIsLarger() {
    assertStops(request -> request.getInputStream().readAllBytes().length);
    assertStops(BodyLimitFilterTest::byteByByte);
    assertStops(request -> request.getReader().readAllAsString().length());
  }

  @Test
  void countsWhatIsReadThroughWhicheverDoor() {
    assertStops(request -> {
      var first = request.getInputStream().readNBytes(MOST).length;
      return first + request.getInputStream().readAllBytes().length;
    });
  }

  private static void assertStops(Reader reader) {
    assertThatThrownBy(() -> read(MOST + 1, reader))
        .isInstanceOfSatisfying(
            RequestRefused.class, refused -> assertThat(refused.problem().status()).isEqualTo(413));
  }

  private static int byteByByte(ServletRequest request) throws IOException {
    var count = 0;
    while (request.getInputStream().read() >= 0) {
      count++;
    }
    return count;
  }

  private static int read(int size, Reader reader) throws IOException, ServletException {
    var request =
        new MockHttpServletRequest("POST", "/v1/runs") {
          @Override
          public long getContentLengthLong() {
            return -1;
          }
        };
    request.setContent(new byte[size]);
    var read = new AtomicInteger();
    new BodyLimitFilter(MOST)
        .doFilter(
            request, new MockHttpServletResponse(), (limited, _) -> read.set(reader.read(limited)));
    return read.get();
  }
}
