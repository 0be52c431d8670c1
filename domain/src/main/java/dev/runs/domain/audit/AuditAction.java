package dev.runs.domain.audit;

import java.util.Arrays;
import java.util.Optional;

/** What the audit log takes note of. */
public enum AuditAction {
  ACCESS_REFUSED("access.refused"),
  SIGN_IN("access.signed_in"),
  SIGN_IN_FAILED("access.sign_in_failed"),
  SIGN_OUT("access.signed_out"),
  ORGANIZATION_CREATED("organization.created"),
  ORGANIZATION_CHANGED("organization.changed"),
  PROJECT_CREATED("project.created"),
  PROJECT_CHANGED("project.changed"),
  PROJECT_DELETED("project.deleted"),
  TEAM_CREATED("team.created"),
  TEAM_CHANGED("team.changed"),
  TEAM_DELETED("team.deleted"),
  KEY_CREATED("key.created"),
  KEY_ROTATED("key.rotated"),
  KEY_REVOKED("key.revoked"),
  PERSON_CREATED("person.created"),
  PERSON_CHANGED("person.changed"),
  PERSON_DELETED("person.deleted"),
  ROLE_CHANGED("role.changed"),
  KIND_CHANGED("kind.changed"),
  KIND_RESET("kind.reset"),
  CONTRACT_CHANGED("contract.changed"),
  CONTRACT_RESET("contract.reset"),
  RETENTION_CHANGED("retention.changed"),
  RETENTION_RESET("retention.reset"),
  RETENTION_APPLIED("retention.applied"),
  PRICE_SET("price.set"),
  PRICE_REMOVED("price.removed"),
  RUN_CANCELED("run.canceled"),
  RUN_RETRIED("run.retried"),
  RUN_DELETED("run.deleted"),
  BULK_STARTED("bulk.started"),
  BULK_STOPPED("bulk.stopped");

  private final String wireName;

  AuditAction(String wireName) {
    this.wireName = wireName;
  }

  /** As surfaces and tables write it. */
  public String wireName() {
    return wireName;
  }

  public static Optional<AuditAction> ofWireName(String name) {
    return Arrays.stream(values()).filter(action -> action.wireName.equals(name)).findFirst();
  }
}
