package dev.runs.adapters.web.audit;

import dev.runs.adapters.web.frame.Search;
import dev.runs.application.audit.AuditFilter;
import dev.runs.domain.audit.AuditAction;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Which entries of the log somebody wants to see, as it stands in the address; empty texts narrow
 * nothing.
 *
 * @param from as a field for a moment writes it, in UTC: {@code 2026-11-22T07:30}
 * @param to as {@code from}
 * @param all whether of the whole installation and not of one organization
 */
public record AuditView(
    String actor, String action, String target, String from, String to, boolean all) {

  public AuditView {
    actor = Search.of(actor);
    action = Search.of(action);
    target = Search.of(target);
    from = Search.of(from);
    to = Search.of(to);
  }

  public boolean isNarrowed() {
    return !(actor + action + target + from + to).isEmpty();
  }

  /** Whether what stands in the fields for moments are such. */
  boolean isReadable() {
    return (from.isEmpty() || moment(from).isPresent()) && (to.isEmpty() || moment(to).isPresent());
  }

  /** What is no moment, and no action, narrows nothing. */
  AuditFilter filter() {
    return new AuditFilter(
        given(actor), AuditAction.ofWireName(action), given(target), moment(from), moment(to));
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(it -> !it.isEmpty());
  }

  private static Optional<Instant> moment(String text) {
    try {
      return given(text).map(it -> LocalDateTime.parse(it).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
