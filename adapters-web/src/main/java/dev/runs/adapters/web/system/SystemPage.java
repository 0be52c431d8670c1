package dev.runs.adapters.web.system;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.RequestRejected;
import dev.runs.application.rollup.AuditLedger;
import dev.runs.application.system.ShowSystem;
import dev.runs.domain.run.RunId;
import java.util.Optional;
import java.util.UUID;
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

  SystemPage(ShowSystem showSystem, AuditLedger auditLedger) {
    this.showSystem = showSystem;
    this.auditLedger = auditLedger;
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
    model.addAttribute(
        "findings", auditLedger.audit(visit.everywhere(), run(after), AUDITED_AT_ONCE));
    return show(visit, model);
  }

  private static Optional<RunId> run(String text) {
    try {
      return Optional.of(text).filter(it -> !it.isEmpty()).map(UUID::fromString).map(RunId::new);
    } catch (IllegalArgumentException e) {
      throw new RequestRejected.BadCursor();
    }
  }
}
