package dev.runs.adapters.web.access;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Said;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.access.EditOrganizations;
import dev.runs.application.retention.EditRetention;
import dev.runs.domain.retention.RetentionPolicy;
import dev.runs.domain.retention.RetentionRejected;
import dev.runs.domain.secret.CredentialCheck;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is set about the organization in which somebody acts. */
@ConsolePage
class OrganizationPage {

  private static final String PATH = "/console/organization";

  private final EditOrganizations editOrganizations;
  private final EditRetention editRetention;
  private final Said said;

  OrganizationPage(EditOrganizations editOrganizations, EditRetention editRetention, Said said) {
    this.editOrganizations = editOrganizations;
    this.editRetention = editRetention;
    this.said = said;
  }

  @GetMapping(PATH)
  String show(Visit visit, Model model) {
    var retention = editRetention.show(visit.caller(), visit.organization());
    model.addAttribute(
        "organization", editOrganizations.show(visit.caller(), visit.organization()));
    model.addAttribute("retention", retention);
    model.addAttribute("fewest", RetentionPolicy.FEWEST_DAYS);
    model.addAttribute("most", RetentionPolicy.MOST_DAYS);
    if (!model.containsAttribute("succeededDays")) {
      model.addAttribute("succeededDays", days(retention.policy().succeededDays()));
      model.addAttribute("otherDays", days(retention.policy().otherDays()));
    }
    return "access/organization";
  }

  @PostMapping(PATH + "/inputs")
  String check(
      Visit visit,
      @RequestParam(defaultValue = "") String check,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var chosen = CredentialCheck.ofWireName(check);
    if (chosen.isEmpty()) {
      Refusals.tell("Choose what becomes of such inputs.", response, model);
      return show(visit, model);
    }
    editOrganizations.change(visit.caller(), visit.organization(), chosen.get());
    return said.redirect(
        request,
        response,
        PATH,
        chosen.get() == CredentialCheck.REFUSE
            ? "Inputs that hold a credential are refused from now on."
            : "Inputs are not looked at for credentials any more.");
  }

  @PostMapping(PATH + "/retention")
  String keep(
      Visit visit,
      @RequestParam(defaultValue = "") String succeededDays,
      @RequestParam(defaultValue = "") String otherDays,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      var policy = new RetentionPolicy(number(succeededDays), number(otherDays));
      editRetention.put(visit.caller(), visit.organization(), policy);
      return said.redirect(request, response, PATH, "It holds from the next sweep on.");
    } catch (NumberFormatException _) {
      Refusals.tell("Days are whole numbers; leave a field empty for ever.", response, model);
    } catch (RetentionRejected refusal) {
      Refusals.tell(refusal, response, model);
    }
    model.addAttribute("succeededDays", succeededDays);
    model.addAttribute("otherDays", otherDays);
    return show(visit, model);
  }

  @PostMapping(PATH + "/retention/usual")
  String keepAsUsual(Visit visit, HttpServletRequest request, HttpServletResponse response) {
    editRetention.remove(visit.caller(), visit.organization());
    return said.redirect(request, response, PATH, "Runs are kept as usual again.");
  }

  private static String days(Optional<Integer> days) {
    return days.map(String::valueOf).orElse("");
  }

  private static Optional<Integer> number(String typed) {
    return Optional.of(typed.strip()).filter(it -> !it.isEmpty()).map(Integer::valueOf);
  }
}
