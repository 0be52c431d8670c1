package dev.runs.domain.access;

import dev.runs.domain.Rejection;

/** What can be refused about organizations and users. */
public abstract sealed class AccessRejected extends Rejection {

  private AccessRejected(Reason reason, String code, String message) {
    super(reason, code, message);
  }

  /** No such organization within the caller's reach. */
  public static final class OrganizationNotFound extends AccessRejected {
    public OrganizationNotFound() {
      super(Reason.NOT_FOUND, "organization.not_found", "Organization not found");
    }
  }

  /** No such user in the organization. */
  public static final class UserNotFound extends AccessRejected {
    public UserNotFound() {
      super(Reason.NOT_FOUND, "user.not_found", "User not found");
    }
  }

  /** An external id that is empty or too long. */
  public static final class BadExternalId extends AccessRejected {
    public BadExternalId(int length) {
      super(
          Reason.INVALID,
          "external_id.invalid",
          "An external id has 1 to %d characters, not %d."
              .formatted(ExternalId.MOST_CHARACTERS, length));
    }
  }
}
