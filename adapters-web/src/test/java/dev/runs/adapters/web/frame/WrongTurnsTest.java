package dev.runs.adapters.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.adapters.web.access.Cookies;
import dev.runs.adapters.web.access.SignInOptions;
import dev.runs.application.InMemoryWorld;
import dev.runs.application.access.ShowChoices;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.ModelAndView;

/** What a page says to an address that does not mean anything. */
final class WrongTurnsTest {

  private final InMemoryWorld world = new InMemoryWorld();
  private final Cookies cookies = new Cookies(new SignInOptions(false, null));
  private final WrongTurns wrongTurns =
      new WrongTurns(
          new Frames(
              new ShowChoices(world.organizations(), world.transactions()),
              cookies,
              new Said(cookies)));

  @Test
  void sendsNowhereWhoNamesNoId() throws Exception {
    assertThat(misspelt(0, "team").getStatus()).hasToString("404 NOT_FOUND");
  }

  @Test
  void namesTheParameterThatIsWrong() throws Exception {
    var page = misspelt(1, "attempt");

    assertThat(page.getStatus()).hasToString("400 BAD_REQUEST");
    assertThat(String.valueOf(page.getModel().get("sentence"))).contains("“attempt”");
  }

  @Test
  void saysWhatIsWrongInAQuestion() {
    var page =
        wrongTurns.meaningless(
            new WrongQuestion("from: A moment is written so."),
            new MockHttpServletRequest(),
            new MockHttpServletResponse());

    assertThat(page.getStatus()).hasToString("400 BAD_REQUEST");
    assertThat(page.getModel()).containsEntry("sentence", "from: A moment is written so.");
  }

  private ModelAndView misspelt(int place, String name) throws Exception {
    var handler = getClass().getDeclaredMethod("handler", UUID.class, int.class);
    return wrongTurns.misspelt(
        new MethodArgumentTypeMismatchException(
            "x", null, name, new MethodParameter(handler, place), null),
        new MockHttpServletRequest(),
        new MockHttpServletResponse());
  }

  @SuppressWarnings("unused") // found by its name
  private void handler(@PathVariable UUID team, @RequestParam int attempt) {}
}
