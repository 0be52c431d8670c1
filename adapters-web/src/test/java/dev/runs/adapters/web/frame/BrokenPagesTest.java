package dev.runs.adapters.web.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class BrokenPagesTest {

  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private final BrokenPages pages = new BrokenPages();

  @Test
  void showsAnErrorPageInsteadOfOneThatCouldNotBeDrawn() throws Exception {
    var request = new MockHttpServletRequest("GET", "/console/costs");
    var failure = new ServletException("a template is wrong");

    pages.doFilter(request, response, after("half a page", failure));

    assertThat(response.getForwardedUrl()).isEqualTo(BrokenPages.ADDRESS);
    assertThat(response.getContentAsString()).isEmpty();
    assertThat(request.getAttribute(BrokenPages.FAILURE)).isSameAs(failure);
  }

  @Test
  void leavesAloneWhatWasSentInPart() {
    var request = new MockHttpServletRequest("GET", "/console/costs.csv");
    var failure = new ServletException("the database went away");
    response.setCommitted(true);

    assertThatExceptionOfType(ServletException.class)
        .isThrownBy(() -> pages.doFilter(request, response, after("", failure)))
        .isSameAs(failure);
    assertThat(response.getForwardedUrl()).isNull();
  }

  @Test
  void leavesTheApiToAnswerForItself() {
    var request = new MockHttpServletRequest("GET", "/v1/runs");
    var failure = new ServletException("a controller is wrong");

    assertThatExceptionOfType(ServletException.class)
        .isThrownBy(() -> pages.doFilter(request, response, after("", failure)))
        .isSameAs(failure);
  }

  private static FilterChain after(String written, ServletException failure) {
    return (_, response) -> {
      response.getWriter().write(written);
      throw failure;
    };
  }
}
