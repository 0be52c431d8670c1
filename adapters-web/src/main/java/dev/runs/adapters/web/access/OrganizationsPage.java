package dev.runs.adapters.web.access;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Said;
import dev.runs.adapters.web.frame.Search;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.Receipt;
import dev.runs.application.access.ListOrganizations;
import dev.runs.application.access.RegisterOrganization;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ExternalId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Every organization of the installation, for who runs it. */
@ConsolePage
class OrganizationsPage {

  private static final String PATH = "/console/organizations";
  private static final int ROWS = 50;

  private final ListOrganizations listOrganizations;
  private final RegisterOrganization registerOrganization;
  private final Said said;

  OrganizationsPage(
      ListOrganizations listOrganizations, RegisterOrganization registerOrganization, Said said) {
    this.listOrganizations = listOrganizations;
    this.registerOrganization = registerOrganization;
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
    model.addAttribute("list", listOrganizations.list(visit.everywhere(), search, cursor, ROWS));
    return "access/organizations";
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
          registerOrganization.register(
              visit.everywhere(), new ExternalId(externalId.strip()), Receipt.none());
      return said.redirect(
          request,
          response,
          PATH,
          registered.isNew()
              ? "The organization %s was made.".formatted(registered.value().externalId())
              : "The organization %s was there already."
                  .formatted(registered.value().externalId()));
    } catch (AccessRejected refusal) {
      Refusals.tell(refusal, response, model);
      model.addAttribute("typed", externalId);
      return list(visit, "", Optional.empty(), model);
    }
  }
}
