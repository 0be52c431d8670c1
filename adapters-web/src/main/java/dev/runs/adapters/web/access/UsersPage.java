package dev.runs.adapters.web.access;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Said;
import dev.runs.adapters.web.frame.Search;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.Receipt;
import dev.runs.application.access.ListUsers;
import dev.runs.application.access.RegisterUser;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ExternalId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** On whose behalf runs are made in the organization in which somebody acts. */
@ConsolePage
class UsersPage {

  private static final String PATH = "/console/users";
  private static final int ROWS = 50;

  private final ListUsers listUsers;
  private final RegisterUser registerUser;
  private final Said said;

  UsersPage(ListUsers listUsers, RegisterUser registerUser, Said said) {
    this.listUsers = listUsers;
    this.registerUser = registerUser;
    this.said = said;
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
    model.addAttribute("list", listUsers.list(visit.caller(), search, cursor, ROWS));
    return "access/users";
  }

  @PostMapping(PATH)
  String register(
      Visit visit,
      @RequestParam(defaultValue = "") String externalId,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      var registered =
          registerUser.register(
              visit.caller(),
              visit.organization(),
              new ExternalId(externalId.strip()),
              Receipt.none());
      return said.redirect(
          request,
          response,
          PATH,
          registered.isNew()
              ? "The user %s was registered.".formatted(registered.value().externalId())
              : "The user %s was there already.".formatted(registered.value().externalId()));
    } catch (AccessRejected refusal) {
      Refusals.tell(refusal, response, model);
      model.addAttribute("typed", externalId);
      return list(visit, "", Optional.empty(), model);
    }
  }
}
