package dev.runs.domain.secret;

import dev.runs.domain.Rejection;
import java.util.List;

/** What can be refused about credentials. */
public abstract sealed class SecretRejected extends Rejection {

  private SecretRejected(Reason reason, String code, String message) {
    super(reason, code, message);
  }

  /** An input that holds what looks like a credential. It says where, and never what. */
  public static final class CredentialFound extends SecretRejected {
    private final transient Credentials credentials;

    /**
     * @param credentials at least one
     */
    public CredentialFound(Credentials credentials) {
      super(
          Reason.UNPROCESSABLE,
          "input.credential",
          "The input holds what looks like a credential; name it as secret://name instead.");
      this.credentials = credentials;
    }

    /** JSON pointers (RFC 6901) into the input. */
    public List<String> pointers() {
      return credentials.pointers();
    }
  }
}
