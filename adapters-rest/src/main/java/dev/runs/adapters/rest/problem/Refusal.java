package dev.runs.adapters.rest.problem;

/** What this surface itself refuses, before any use case is asked. */
public enum Refusal {
  INVALID(400, "request.invalid"),
  MALFORMED_JSON(400, "request.malformed_json"),
  DUPLICATE_KEY(400, "request.duplicate_key"),
  MALFORMED_PATH(400, "request.malformed_path"),
  MALFORMED_QUERY(400, "request.malformed_query"),
  UNREADABLE(400, "request.unreadable"),
  UNAUTHORIZED(401, "request.unauthorized"),
  SCOPE_MISSING(403, "access.scope_missing"),
  NOT_FOUND(404, "request.not_found"),
  VERB_UNKNOWN(404, "request.unknown_verb"),
  METHOD_NOT_ALLOWED(405, "request.method_not_allowed"),
  METHOD_UNKNOWN(501, "request.method_unknown"),
  EVENTS_FORGOTTEN(410, "event.forgotten"),
  TOO_LARGE(413, "request.too_large"),
  UNSUPPORTED_MEDIA_TYPE(415, "request.unsupported_media_type"),
  RATE_LIMITED(429, "rate.limited"),
  REFUSED(400, "request.refused"),
  INTERNAL(500, "internal_error");

  private final int status;
  private final String code;

  Refusal(int status, String code) {
    this.status = status;
    this.code = code;
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }
}
