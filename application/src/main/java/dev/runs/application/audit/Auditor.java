package dev.runs.application.audit;

import dev.runs.application.Caller;
import dev.runs.application.Ids;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Writes down what callers do, in the transaction of the use case that asks for it. */
public final class Auditor {

  /** Who has not said who they are, or not so that it could be believed. */
  public static final Principal NOBODY = new Principal("anonymous");

  private final AuditTrail trail;
  private final Ids ids;
  private final InstantSource clock;

  public Auditor(AuditTrail trail, Ids ids, InstantSource clock) {
    this.trail = trail;
    this.ids = ids;
    this.clock = clock;
  }

  /** What a caller did to something of an organization. */
  public void note(
      Caller caller,
      OrganizationId organization,
      AuditAction action,
      String target,
      Map<String, String> details) {
    note(caller, Optional.of(organization), action, target, details);
  }

  /** What a caller did to something of the whole installation. */
  public void noteForAll(
      Caller caller, AuditAction action, String target, Map<String, String> details) {
    note(caller, Optional.empty(), action, target, details);
  }

  /** What somebody did who comes in or leaves, and so is no caller. */
  public void noteOf(
      Principal actor,
      Origin origin,
      Optional<OrganizationId> organization,
      AuditAction action,
      String target,
      Map<String, String> details) {
    trail.add(
        new AuditEntry(
            ids.next(), clock.instant(), organization, actor, action, target, origin, details));
  }

  private void note(
      Caller caller,
      Optional<OrganizationId> organization,
      AuditAction action,
      String target,
      Map<String, String> details) {
    noteOf(caller.principal(), caller.origin(), organization, action, target, details);
  }
}
