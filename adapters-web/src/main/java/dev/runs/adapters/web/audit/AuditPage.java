package dev.runs.adapters.web.audit;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Csv;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.adapters.web.frame.WrongQuestion;
import dev.runs.application.Caller;
import dev.runs.application.Page;
import dev.runs.application.audit.ShowAudit;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Scope;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** Who did what, when and from where; newest first. */
@ConsolePage
class AuditPage {

  private static final int ROWS = 100;
  private static final Page<AuditEntry> NONE = new Page<>(List.of(), Optional.empty());

  private final ShowAudit showAudit;

  AuditPage(ShowAudit showAudit) {
    this.showAudit = showAudit;
  }

  @ModelAttribute("view")
  AuditView view(
      @RequestParam(defaultValue = "") String actor,
      @RequestParam(defaultValue = "") String action,
      @RequestParam(defaultValue = "") String target,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(defaultValue = "false") boolean all) {
    return new AuditView(actor, action, target, from, to, all);
  }

  @GetMapping("/console/audit")
  String list(
      Visit visit,
      @ModelAttribute(name = "view", binding = false) AuditView view,
      @RequestParam Optional<String> cursor,
      HttpServletResponse response,
      Model model) {
    var isRight = view.problems() == null;
    if (!isRight) {
      response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    }
    model.addAttribute("isRight", isRight);
    model.addAttribute("isFirst", cursor.isEmpty());
    model.addAttribute("actions", AuditAction.values());
    model.addAttribute("maySeeAll", visit.may(Scope.PLATFORM_ADMIN));
    model.addAttribute("mostExported", (long) ShowAudit.LARGEST_EXPORT);
    model.addAttribute(
        "list",
        isRight
            ? showAudit.list(
                caller(visit, view), organization(visit, view), view.filter(), cursor, ROWS)
            : NONE);
    return "audit/list";
  }

  /** Line by line, so that a long log needs no memory. */
  @GetMapping("/console/audit.csv")
  void export(
      Visit visit,
      @ModelAttribute(name = "view", binding = false) AuditView view,
      HttpServletResponse response)
      throws IOException {
    var problems = view.problems();
    if (problems != null) {
      throw new WrongQuestion(problems);
    }
    var export =
        showAudit.export(
            caller(visit, view),
            organization(visit, view),
            view.filter(),
            Optional.empty(),
            ShowAudit.LARGEST_EXPORT);
    response.setContentType(Csv.TYPE);
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\"");
    var writer =
        new BufferedWriter(
            new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
    writer.write(
        Csv.line(
            "at", "organization", "actor", "action", "target", "request", "address", "details"));
    try {
      export.read(entry -> write(writer, line(entry)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    writer.flush();
  }

  private static String line(AuditEntry entry) {
    return Csv.line(
        entry.at(),
        entry.organization().map(OrganizationId::toString).orElse(""),
        entry.actor(),
        entry.action().wireName(),
        entry.target(),
        entry.origin().requestId(),
        entry.origin().address(),
        new TreeMap<>(entry.details())
            .entrySet().stream()
                .map(detail -> detail.getKey() + "=" + detail.getValue())
                .collect(Collectors.joining("; ")));
  }

  private static void write(Writer writer, String line) {
    try {
      writer.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Who may not see all of the installation sees their organization, whatever they ask for. */
  private static Caller caller(Visit visit, AuditView view) {
    return view.all() ? visit.everywhere() : visit.caller();
  }

  private static Optional<OrganizationId> organization(Visit visit, AuditView view) {
    return view.all() ? Optional.empty() : Optional.of(visit.organization());
  }
}
