package dev.runs.domain.access;

import dev.runs.domain.Rejection;

/** What can be refused about organizations, their projects, teams, keys and people. */
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

  /** Somebody who is known and may not do this. */
  public static final class ScopeMissing extends AccessRejected {
    private final Scope scope;

    public ScopeMissing(Scope scope) {
      super(
          Reason.FORBIDDEN,
          "access.scope_missing",
          "This needs the scope " + scope.wireName() + ", which you do not have.");
      this.scope = scope;
    }

    /** What would allow it. */
    public Scope scope() {
      return scope;
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
    /** One that is empty or too long. */
    public BadExternalId(int length) {
      this(
          "An external id has 1 to %d characters, not %d."
              .formatted(ExternalId.MOST_CHARACTERS, length));
    }

    /** One with the character NUL. */
    public BadExternalId() {
      this("An external id has no NUL among its characters.");
    }

    private BadExternalId(String message) {
      super(Reason.INVALID, "external_id.invalid", message);
    }
  }

  /** A slug of another form. */
  public static final class BadSlug extends AccessRejected {
    public BadSlug() {
      super(
          Reason.INVALID,
          "slug.invalid",
          "A slug has 1 to %d lower-case letters, digits, '-', '_' and '.', and begins and ends with a letter or digit."
              .formatted(Slug.MOST_CHARACTERS));
    }
  }

  /** A name that is empty, too long, or holds what cannot be shown. */
  public static final class BadName extends AccessRejected {
    public BadName() {
      super(
          Reason.INVALID,
          "name.invalid",
          "A name has 1 to %d characters, no control characters, and no blank at its ends."
              .formatted(DisplayName.MOST_CHARACTERS));
    }
  }

  /** A description that is too long. */
  public static final class BadDescription extends AccessRejected {
    public BadDescription(int length) {
      super(
          Reason.INVALID,
          "description.invalid",
          "A description has at most %,d characters, not %,d."
              .formatted(Description.MOST_CHARACTERS, length));
    }
  }

  /** No such project in the organization, or none within the caller's reach. */
  public static final class ProjectNotFound extends AccessRejected {
    public ProjectNotFound() {
      super(Reason.NOT_FOUND, "project.not_found", "Project not found");
    }
  }

  /** A request that names a project which the organization does not have within reach. */
  public static final class UnknownProject extends AccessRejected {
    private final String field;

    /**
     * @param field where the request names it
     */
    public UnknownProject(String field) {
      super(Reason.NOT_FOUND, "project.unknown", field + " names no project of the organization.");
      this.field = field;
    }

    public String field() {
      return field;
    }
  }

  /** Another project of the organization has the slug. */
  public static final class SlugTaken extends AccessRejected {
    public SlugTaken(Slug slug) {
      super(
          Reason.CONFLICT,
          "project.slug_taken",
          "The organization has a project '%s' already.".formatted(slug));
    }
  }

  /** A project cannot go while runs are in it. */
  public static final class ProjectHasRuns extends AccessRejected {
    public ProjectHasRuns() {
      super(
          Reason.CONFLICT,
          "project.has_runs",
          "The project has runs; a project is deleted when it has none.");
    }
  }

  /** The project of runs that name none stays. */
  public static final class DefaultProjectStays extends AccessRejected {
    public DefaultProjectStays() {
      super(
          Reason.CONFLICT,
          "project.is_default",
          "The project 'default' cannot be deleted; runs that name no project are in it.");
    }
  }

  /** No such team in the organization. */
  public static final class TeamNotFound extends AccessRejected {
    public TeamNotFound() {
      super(Reason.NOT_FOUND, "team.not_found", "Team not found");
    }
  }

  /** Another team of the organization has the name. */
  public static final class TeamNameTaken extends AccessRejected {
    public TeamNameTaken(DisplayName name) {
      super(
          Reason.CONFLICT,
          "team.name_taken",
          "The organization has a team '%s' already.".formatted(name));
    }
  }

  /** A team cannot go while it has keys that are accepted. */
  public static final class TeamHasKeys extends AccessRejected {
    public TeamHasKeys() {
      super(
          Reason.CONFLICT,
          "team.has_keys",
          "The team has keys that are still accepted; revoke them first.");
    }
  }

  /** No such key of the team. */
  public static final class KeyNotFound extends AccessRejected {
    public KeyNotFound() {
      super(Reason.NOT_FOUND, "key.not_found", "API key not found");
    }
  }

  /** A key that is revoked or expired cannot be rotated. */
  public static final class KeyEnded extends AccessRejected {
    public KeyEnded() {
      super(Reason.CONFLICT, "key.ended", "The key is revoked or expired; make a new one instead.");
    }
  }

  /** What concerns a whole organization is not for keys that are bound to some projects of it. */
  public static final class BoundToProjects extends AccessRejected {
    public BoundToProjects() {
      super(
          Reason.FORBIDDEN,
          "access.bound_to_projects",
          "The key is bound to projects; this concerns the whole organization.");
    }
  }

  /** Somebody would grant what they do not have. */
  public static final class GrantExceeded extends AccessRejected {

    /** What of the grant goes too far. */
    public enum Part {
      SCOPES("scopes"),
      PROJECTS("projectIds"),
      EXPIRES_AT("expiresAt");

      private final String field;

      Part(String field) {
        this.field = field;
      }

      /** As surfaces call it. */
      public String field() {
        return field;
      }
    }

    private final Part part;

    public GrantExceeded(Part part, String sentence) {
      super(Reason.FORBIDDEN, "key.grant_exceeded", sentence);
      this.part = part;
    }

    public Part part() {
      return part;
    }
  }

  /** A login of another form. */
  public static final class BadLogin extends AccessRejected {
    public BadLogin() {
      super(
          Reason.INVALID,
          "login.invalid",
          "A login has 1 to %d visible characters and no blanks.".formatted(Login.MOST_CHARACTERS));
    }
  }

  /** A password that is too short or too long. */
  public static final class BadPassword extends AccessRejected {
    public BadPassword(int characters) {
      super(
          Reason.INVALID,
          "password.invalid",
          "A password has %d to %d characters, not %d."
              .formatted(Password.FEWEST_CHARACTERS, Password.MOST_CHARACTERS, characters));
    }
  }

  /** Somebody who would change a password does not know it, or tries too often. */
  public static final class WrongPassword extends AccessRejected {
    public WrongPassword() {
      super(
          Reason.FORBIDDEN,
          "password.wrong",
          "The present password is another one, or it was tried too often; then wait a while.");
    }
  }

  /** A new password that is the one that is to be replaced. */
  public static final class SamePassword extends AccessRejected {
    public SamePassword() {
      super(
          Reason.INVALID, "password.unchanged", "The new password is the same as the present one.");
    }
  }

  /** No such person in the organization. */
  public static final class PersonNotFound extends AccessRejected {
    public PersonNotFound() {
      super(Reason.NOT_FOUND, "person.not_found", "Person not found");
    }
  }

  /** Somebody else has the login. */
  public static final class LoginTaken extends AccessRejected {
    public LoginTaken() {
      super(Reason.CONFLICT, "person.login_taken", "Somebody has this login already.");
    }
  }

  /** Somebody would give a role that may do more than they may themselves. */
  public static final class RoleExceeded extends AccessRejected {
    public RoleExceeded() {
      super(
          Reason.FORBIDDEN,
          "role.exceeded",
          "A role cannot be given by who may not do everything that the role may.");
    }
  }

  /** A person who also belongs elsewhere is not one organization's to disable. */
  public static final class PersonBelongsElsewhere extends AccessRejected {
    public PersonBelongsElsewhere() {
      super(
          Reason.FORBIDDEN,
          "person.belongs_elsewhere",
          "The person has rights beyond this organization; only the platform can disable them.");
    }
  }
}
