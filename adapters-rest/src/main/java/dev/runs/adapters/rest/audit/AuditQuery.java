package dev.runs.adapters.rest.audit;

import dev.runs.adapters.rest.caller.Callers;
import dev.runs.adapters.rest.request.Query;
import dev.runs.adapters.rest.request.UuidText;
import dev.runs.application.Caller;
import dev.runs.application.audit.AuditFilter;
import dev.runs.application.audit.ShowAudit;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.audit.AuditAction;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * What is asked of the audit log.
 *
 * @param organization nothing for all within the caller's reach
 */
record AuditQuery(
    boolean isCsv,
    Optional<OrganizationId> organization,
    AuditFilter filter,
    Optional<String> cursor,
    int limit) {

  private static final String ALL = "all";

  static AuditQuery read(Query query, HttpServletRequest request, Caller caller) {
    var isCsv = isCsv(query, request);
    var read =
        new AuditQuery(
            isCsv,
            organization(query, request, caller),
            new AuditFilter(
                query.text("actor"),
                action(query),
                query.text("target"),
                query.instant("from"),
                query.instant("to")),
            query.text("cursor"),
            query.between1And(isCsv ? ShowAudit.LARGEST_EXPORT : ShowAudit.LARGEST_PAGE, "limit"));
    query.refuseIfWrong();
    return read;
  }

  private static boolean isCsv(Query query, HttpServletRequest request) {
    var format = query.text("format");
    if (format.isPresent() && !format.get().equals("csv") && !format.get().equals("json")) {
      query.refuse("format", "format must be json or csv");
    }
    return format.map("csv"::equals).orElseGet(() -> prefersCsv(request));
  }

  private static boolean prefersCsv(HttpServletRequest request) {
    var accept = request.getHeader(HttpHeaders.ACCEPT);
    return quality(accept, AuditCsv.MEDIA_TYPE) > quality(accept, MediaType.APPLICATION_JSON_VALUE);
  }

  /** How much a type is wanted by its own name; what cannot be read wants nothing. */
  private static double quality(@Nullable String accept, String type) {
    try {
      return MediaType.parseMediaTypes(accept).stream()
          .filter(wanted -> (wanted.getType() + "/" + wanted.getSubtype()).equalsIgnoreCase(type))
          .mapToDouble(MediaType::getQualityValue)
          .max()
          .orElse(0);
    } catch (InvalidMediaTypeException e) {
      return 0;
    }
  }

  private static Optional<OrganizationId> organization(
      Query query, HttpServletRequest request, Caller caller) {
    var asked = query.text("organizationId");
    if (asked.isEmpty()) {
      return Callers.namedOrganization(request).map(_ -> caller.organization());
    }
    if (asked.get().equals(ALL)) {
      return Optional.empty();
    }
    var id = UuidText.read(asked.get());
    if (id.isEmpty()) {
      query.refuse("organizationId", "organizationId must be a UUID or 'all'");
    }
    return id.map(OrganizationId::new);
  }

  private static Optional<AuditAction> action(Query query) {
    var name = query.text("action");
    var action = name.flatMap(AuditAction::ofWireName);
    if (name.isPresent() && action.isEmpty()) {
      query.refuse("action", "action is none that is audited");
    }
    return action;
  }
}
