package dev.runs.adapters.rest.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ProblemAdviceTest {

  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private final IllegalStateException failure = new IllegalStateException("the store is gone");

  @Test
  void breaksOffAnAnswerOfWhichAPartIsOut() throws Exception {
    response.getOutputStream().print("id,at\r\n");
    response.flushBuffer();

    assertThatThrownBy(
            () -> new ProblemAdvice().answer(failure, new MockHttpServletRequest(), response))
        .isSameAs(failure);
    assertThat(response.getContentAsString()).isEqualTo("id,at\r\n");
  }

  @Test
  void answersWithAProblemInsteadOfWhatIsNotOutYet() throws Exception {
    response.getOutputStream().print("id,at\r\n");

    new ProblemAdvice().answer(failure, new MockHttpServletRequest(), response);

    assertThat(response.getStatus()).isEqualTo(500);
    assertThat(response.getContentAsString()).startsWith("{").contains("internal_error");
  }
}
