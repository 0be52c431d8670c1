package dev.runs.domain;

/**
 * A request that was understood and refused.
 *
 * <p>Each capability declares its own sealed family below this type; adapters translate by {@link
 * #reason()} and {@link #code()} and so never learn the individual classes. A bug is not a
 * rejection: it stays an {@link IllegalStateException}.
 */
public abstract class Rejection extends RuntimeException {

  /** Why a request is refused, in the ways a caller can react to. */
  public enum Reason {
    /** The request is not what such a request may be; it must be written differently. */
    INVALID,
    /** The thing named does not exist, or the caller may not know that it does. */
    NOT_FOUND,
    /** The thing exists and is in a state that rules the request out. */
    CONFLICT,
    /** The request is well formed and names something that cannot be worked with. */
    UNPROCESSABLE,
    /** The caller is known and not allowed. */
    FORBIDDEN,
    /** So much of something is in use that there is none left for now. */
    EXHAUSTED,
    /** A service that this request depends on does not answer as it should. */
    UPSTREAM
  }

  private final Reason reason;
  private final String code;

  /**
   * @param code stable, dotted, lower case, part of the public API; for example {@code
   *     run.illegal_move}
   * @param message one sentence for a person, naming the identifiers involved and no secret
   */
  protected Rejection(Reason reason, String code, String message) {
    super(message);
    this.reason = reason;
    this.code = code;
  }

  public final Reason reason() {
    return reason;
  }

  public final String code() {
    return code;
  }

  /** The sentence for a person; never null. */
  public final String sentence() {
    return String.valueOf(getMessage());
  }
}
