package dev.runs.application.audit;

import dev.runs.domain.audit.AuditAction;
import java.time.Instant;
import java.util.Optional;

/**
 * Which entries of the audit log are meant; what is empty does not narrow.
 *
 * @param actor who did it, as a whole
 * @param target what it was done to, as a whole: {@code kind:id}
 * @param from the earliest instant, included
 * @param to the latest instant, included
 */
public record AuditFilter(
    Optional<String> actor,
    Optional<AuditAction> action,
    Optional<String> target,
    Optional<Instant> from,
    Optional<Instant> to) {

  public static final AuditFilter ALL =
      new AuditFilter(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
