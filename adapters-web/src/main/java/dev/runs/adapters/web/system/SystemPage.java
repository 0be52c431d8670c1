package dev.runs.adapters.web.system;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.RequestRejected;
import dev.runs.application.access.NameOrganizations;
import dev.runs.application.rollup.AuditLedger;
import dev.runs.application.rollup.AuditLedger.Difference;
import dev.runs.application.run.ListRuns;
import dev.runs.application.system.ShowSystem;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.run.RunId;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How the installation is, for who runs it. */
@ConsolePage
class SystemPage {

  /** So many runs are added up again at once: the button answers soon. */
  private static final int AUDITED_AT_ONCE = 200;

  private final ShowSystem showSystem;
  private final AuditLedger auditLedger;
  private final ListRuns listRuns;
  private final NameOrganizations nameOrganizations;

  SystemPage(
      ShowSystem showSystem,
      AuditLedger auditLedger,
      ListRuns listRuns,
      NameOrganizations nameOrganizations) {
    this.showSystem = showSystem;
    this.auditLedger = auditLedger;
    this.listRuns = listRuns;
    this.nameOrganizations = nameOrganizations;
  }

  @GetMapping("/console/system")
  String show(Visit visit, Model model) {
    model.addAttribute("system", showSystem.show(visit.everywhere()));
    model.addAttribute("mostCounted", (long) ShowSystem.MOST_COUNTED);
    model.addAttribute("auditedAtOnce", AUDITED_AT_ONCE);
    return "system/show";
  }

  /** Changes nothing, so it may be sent again; its result stands on the page. */
  @PostMapping("/console/system/audit")
  String audit(Visit visit, @RequestParam(defaultValue = "") String after, Model model) {
    var findings = auditLedger.audit(visit.everywhere(), run(after), AUDITED_AT_ONCE);
    model.addAttribute("findings", findings);
    model.addAttribute("differences", places(visit, findings.differences()));
    return show(visit, model);
  }

  /**
   * A run of which the ledger is wrong, and where it is.
   *
   * @param organization what it is called outside; null when the run is gone
   * @param isHere whether it is where somebody acts, and so has a page
   */
  public record Place(Difference difference, @Nullable String organization, boolean isHere) {}

  private List<Place> places(Visit visit, List<Difference> differences) {
    var organizations = new HashMap<RunId, OrganizationId>();
    for (var from = 0; from < differences.size(); from += ListRuns.LARGEST_PAGE) {
      var to = Math.min(from + ListRuns.LARGEST_PAGE, differences.size());
      var some = differences.subList(from, to).stream().map(Difference::run).toList();
      listRuns
          .rows(visit.everywhere(), some)
          .forEach(row -> organizations.put(row.run().id(), row.run().organization()));
    }
    return differences.stream()
        .map(difference -> {
          var organization = organizations.get(difference.run());
          return organization == null
              ? new Place(difference, null, false)
              : new Place(
                  difference,
                  nameOrganizations.nameOf(organization).value(),
                  organization.equals(visit.organization()));
        })
        .toList();
  }

  private static Optional<RunId> run(String text) {
    try {
      return Optional.of(text).filter(it -> !it.isEmpty()).map(UUID::fromString).map(RunId::new);
    } catch (IllegalArgumentException e) {
      throw new RequestRejected.BadCursor();
    }
  }
}
