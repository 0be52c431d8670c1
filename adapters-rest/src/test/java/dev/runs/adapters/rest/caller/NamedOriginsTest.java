package dev.runs.adapters.rest.caller;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class NamedOriginsTest {

  @Test
  void mayReadAnswersAndNobodyElseMay() throws Exception {
    var named = new CrossOriginFilter(List.of("https://one.example", "https://two.example"));

    var two = answer(named, "https://two.example");
    assertThat(two.getHeader("Access-Control-Allow-Origin")).isEqualTo("https://two.example");
    assertThat(two.getHeader("Vary")).isEqualTo("Origin");
    assertThat(answer(named, "https://three.example").getHeaderNames()).isEmpty();
  }

  @Test
  void areNobodyWhenNoneIsNamed() throws Exception {
    assertThat(answer(new CrossOriginFilter(List.of()), "https://one.example").getHeaderNames())
        .isEmpty();
  }

  private static MockHttpServletResponse answer(CrossOriginFilter filter, String origin)
      throws ServletException, IOException {
    var request = new MockHttpServletRequest("GET", "/v1/runs");
    request.addHeader("Origin", origin);
    var response = new MockHttpServletResponse();
    filter.doFilter(request, response, new MockFilterChain());
    return response;
  }
}
