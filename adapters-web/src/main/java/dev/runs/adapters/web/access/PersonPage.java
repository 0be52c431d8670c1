package dev.runs.adapters.web.access;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.OneTimeForms;
import dev.runs.adapters.web.frame.Said;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.Receipt;
import dev.runs.application.access.EditPeople;
import dev.runs.application.access.ShowPeople;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Password;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.Role;
import dev.runs.domain.access.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One person of the organization in which somebody acts. */
@ConsolePage
@RequestMapping(PeoplePage.PATH + "/{id}")
class PersonPage {

  private final ShowPeople showPeople;
  private final EditPeople editPeople;
  private final OneTimeForms forms;
  private final Said said;

  PersonPage(ShowPeople showPeople, EditPeople editPeople, OneTimeForms forms, Said said) {
    this.showPeople = showPeople;
    this.editPeople = editPeople;
    this.forms = forms;
    this.said = said;
  }

  @GetMapping
  String show(Visit visit, @PathVariable PersonId id, Model model) {
    model.addAttribute("member", showPeople.show(visit.caller(), id));
    model.addAttribute("roles", Role.values());
    model.addAttribute("isSelf", visit.person().id().equals(id));
    model.addAttribute("mayReset", visit.may(Scope.PLATFORM_ADMIN));
    model.addAttribute("form", forms.number());
    return "access/person";
  }

  @PostMapping("/role")
  String giveRole(
      Visit visit,
      @PathVariable PersonId id,
      @RequestParam(defaultValue = "") String role,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var chosen = Role.ofWireName(role);
    if (chosen.isEmpty()) {
      Refusals.tell("Choose a role.", response, model);
      return show(visit, id, model);
    }
    var member = editPeople.change(visit.caller(), id, chosen, Optional.empty());
    return said.redirect(
        request,
        response,
        PeoplePage.PATH,
        "%s is %s now.".formatted(member.person().login(), member.role().wireName()));
  }

  @PostMapping("/disable")
  String disable(
      Visit visit,
      @PathVariable PersonId id,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return disabled(visit, id, true, request, response, model);
  }

  @PostMapping("/enable")
  String enable(
      Visit visit,
      @PathVariable PersonId id,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return disabled(visit, id, false, request, response, model);
  }

  private String disabled(
      Visit visit,
      PersonId id,
      boolean isDisabled,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      // a person of the organization; who runs the installation may disable them everywhere
      showPeople.show(visit.caller(), id);
      var person = editPeople.disable(visit.everywhere(), id, isDisabled);
      return said.redirect(
          request,
          response,
          PeoplePage.PATH + "/" + id,
          isDisabled
              ? "%s is signed out everywhere and cannot sign in.".formatted(person.login())
              : "%s can sign in again.".formatted(person.login()));
    } catch (AccessRejected.PersonBelongsElsewhere refusal) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      model.addAttribute("told", refusal.sentence());
      return show(visit, id, model);
    }
  }

  @GetMapping("/remove")
  String askToRemove(Visit visit, @PathVariable PersonId id, Model model) {
    model.addAttribute("member", showPeople.show(visit.caller(), id));
    return "access/remove-person";
  }

  @PostMapping("/remove")
  String remove(
      Visit visit,
      @PathVariable PersonId id,
      HttpServletRequest request,
      HttpServletResponse response) {
    editPeople.remove(visit.caller(), id);
    return said.redirect(
        request, response, PeoplePage.PATH, "The person does not belong here any more.");
  }

  /** The answer holds the password, so it is no redirect, and no cache keeps it. */
  @PostMapping("/password")
  String resetPassword(
      Visit visit,
      @PathVariable PersonId id,
      @RequestParam(defaultValue = "") String form,
      Model model) {
    var member = showPeople.show(visit.caller(), id);
    var password =
        forms.once(
            visit,
            form,
            "reset a password",
            (Receipt<Optional<Password>> receipt) ->
                editPeople.resetPassword(visit.everywhere(), id, Optional.empty(), receipt));
    model.addAttribute("title", "Another password");
    model.addAttribute("person", password.map(_ -> member.person()).orElse(null));
    model.addAttribute("password", password.flatMap(it -> it).map(it -> it.value()).orElse(null));
    return "access/password-shown";
  }
}
