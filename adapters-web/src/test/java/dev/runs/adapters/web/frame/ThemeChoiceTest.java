package dev.runs.adapters.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.web.access.Cookies;
import dev.runs.adapters.web.access.SignInOptions;
import jakarta.servlet.RequestDispatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Where somebody is after they have chosen colours. */
final class ThemeChoiceTest {

  private final ThemeChoice choice = new ThemeChoice(new Cookies(new SignInOptions(false, null)));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console",
        "/console?",
        "/console/queue/kind?name=mail%2Fsend+%26+more",
        "/console/runs?q=a&state=failed&from=2026-11-22T14:30",
        "/console/projects/a.b-c_d"
      })
  void isThePageOnWhichTheyChose(String back) {
    assertThat(chosen(back)).isEqualTo("redirect:" + back);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://elsewhere.example/console",
        "//elsewhere.example/console",
        "/\\elsewhere.example",
        "/console//elsewhere.example",
        "/console\\..",
        "/consoles",
        "/sign-in",
        "/console/runs?q=\r\nSet-Cookie: a=b",
        "/console/runs?q={x}",
        "/console/runs?q=\\x"
      })
  void isTheOverviewWhenThatIsNoPageOfTheConsole(String back) {
    assertThat(chosen(back)).isEqualTo("redirect:/console");
  }

  @Test
  void isThePageWithAllThatItAsksFor() {
    var request = new MockHttpServletRequest("GET", "/console/queue/kind");
    assertThat(Frames.back(request)).isEqualTo("/console/queue/kind");

    request.setQueryString("name=a%26b");
    assertThat(Frames.back(request)).isEqualTo("/console/queue/kind?name=a%26b");
  }

  @Test
  void isTheOverviewWhenThePageCannotBeOpenedAgain() {
    var answered = new MockHttpServletRequest("POST", "/console/bulk/start");
    var broken = new MockHttpServletRequest("GET", "/console/broken");
    broken.setAttribute(RequestDispatcher.FORWARD_REQUEST_URI, "/console/costs");

    assertThat(Frames.back(answered)).isEqualTo("/console");
    assertThat(Frames.back(broken)).isEqualTo("/console");
  }

  private String chosen(String back) {
    return choice.choose("dark", back, new MockHttpServletRequest(), new MockHttpServletResponse());
  }
}
