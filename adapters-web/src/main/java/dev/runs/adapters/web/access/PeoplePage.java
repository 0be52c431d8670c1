package dev.runs.adapters.web.access;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.OneTimeForms;
import dev.runs.adapters.web.frame.Search;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.Receipt;
import dev.runs.application.access.AddedPerson;
import dev.runs.application.access.EditPeople;
import dev.runs.application.access.NewPerson;
import dev.runs.application.access.ShowPeople;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Role;
import dev.runs.domain.access.Scope;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who may sign in and act in an organization, and how somebody new is let in. */
@ConsolePage
class PeoplePage {

  static final String PATH = "/console/people";
  private static final int ROWS = 50;

  private final ShowPeople showPeople;
  private final EditPeople editPeople;
  private final OneTimeForms forms;

  PeoplePage(ShowPeople showPeople, EditPeople editPeople, OneTimeForms forms) {
    this.showPeople = showPeople;
    this.editPeople = editPeople;
    this.forms = forms;
  }

  @GetMapping(PATH)
  String list(
      Visit visit,
      @RequestParam(defaultValue = "") String q,
      @RequestParam Optional<String> cursor,
      Model model) {
    var search = Search.of(q);
    model.addAttribute("q", search);
    model.addAttribute("isFirst", cursor.isEmpty());
    model.addAttribute("visit", visit);
    model.addAttribute("list", showPeople.list(visit.caller(), search, cursor, ROWS));
    return "access/people";
  }

  @GetMapping(PATH + "/new")
  String form(Visit visit, Model model) {
    visit.caller().require(Scope.ORG_ADMIN);
    model.addAttribute("form", forms.number());
    model.addAttribute("roles", Role.values());
    return "access/new-person";
  }

  /** The answer holds the password, so it is no redirect, and no cache keeps it. */
  @PostMapping(PATH)
  String add(
      Visit visit,
      @RequestParam(defaultValue = "") String form,
      @RequestParam(defaultValue = "") String login,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String role,
      HttpServletResponse response,
      Model model) {
    try {
      var typed = new Login(login);
      var person =
          new NewPerson(
              typed,
              name.isBlank() ? DisplayName.of(typed) : new DisplayName(name.strip()),
              Role.ofWireName(role).or(() -> Optional.of(Role.VIEWER)),
              false,
              Optional.empty());
      var added =
          forms.once(
              visit,
              form,
              "add a person",
              (Receipt<AddedPerson> receipt) -> editPeople.add(visit.caller(), person, receipt));
      model.addAttribute("title", "Let in");
      model.addAttribute("person", added.map(it -> it.person()).orElse(null));
      model.addAttribute(
          "password", added.flatMap(it -> it.oneTimePassword()).map(it -> it.value()).orElse(null));
      return "access/password-shown";
    } catch (AccessRejected refusal) {
      Refusals.tell(refusal, response, model);
      model.addAttribute("login", login);
      model.addAttribute("name", name);
      model.addAttribute("role", role);
      return form(visit, model);
    }
  }
}
