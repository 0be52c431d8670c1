package dev.runs.adapters.web.access;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Said;
import dev.runs.application.access.ChooseOrganization;
import dev.runs.application.access.ShowChoices;
import dev.runs.application.access.SignedIn;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.OrganizationId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who is signed in, where they act, and what they may do there; also for who belongs nowhere. */
@ConsolePage
class AccountPage {

  private final ShowChoices showChoices;
  private final ChooseOrganization chooseOrganization;

  AccountPage(ShowChoices showChoices, ChooseOrganization chooseOrganization) {
    this.showChoices = showChoices;
    this.chooseOrganization = chooseOrganization;
  }

  @GetMapping("/console/account")
  String page(SignedIn visitor, Model model) {
    var choices = showChoices.show(visitor);
    model.addAttribute("person", visitor.person());
    model.addAttribute("choices", choices);
    model.addAttribute(
        "present", choices.stream().filter(ShowChoices.Choice::isChosen).findFirst().orElse(null));
    return "access/account";
  }

  @PostMapping("/account/organization")
  String choose(
      SignedIn visitor,
      @RequestParam(defaultValue = "") String organization,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      chooseOrganization.choose(visitor, id(organization));
      return Said.redirect(request, "/console");
    } catch (AccessRejected.OrganizationNotFound _) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      model.addAttribute("told", "You cannot act there, or not any more.");
      return page(visitor, model);
    }
  }

  private static OrganizationId id(String text) {
    try {
      return new OrganizationId(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      throw new AccessRejected.OrganizationNotFound();
    }
  }
}
