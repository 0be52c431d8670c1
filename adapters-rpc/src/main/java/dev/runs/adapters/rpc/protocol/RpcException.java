package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A call that fails in a way its client is told of. All of it is sent, so nothing in it is a
 * secret.
 */
public final class RpcException extends RuntimeException {

  /** Whose reasons they are that {@link #withReason} tells. */
  public static final String DOMAIN = "runs-service";

  private final RpcCode code;
  private final transient List<Message> details;
  private final Map<String, String> metadata;
  private final String reason;

  /**
   * @param message one sentence for a person
   */
  public RpcException(RpcCode code, String message) {
    this(code, message, List.of(), Map.of(), "");
  }

  private RpcException(
      RpcCode code,
      String message,
      List<Message> details,
      Map<String, String> metadata,
      String reason) {
    super(message, null, false, false);
    this.code = code;
    this.details = List.copyOf(details);
    this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    this.reason = reason;
  }

  /**
   * A request of which one field is wrong.
   *
   * @param field as the message declares it, with dots: {@code run_id.name}
   * @param description what is wrong, without the field's name
   */
  public static RpcException invalid(String field, String description) {
    return new RpcException(RpcCode.INVALID_ARGUMENT, field + ": " + description)
        .withDetail(
            BadRequest.newBuilder()
                .addFieldViolations(
                    FieldViolation.newBuilder().setField(field).setDescription(description))
                .build());
  }

  /** The same with one more detail, such as a {@link BadRequest}. */
  public RpcException withDetail(Message detail) {
    var more = new ArrayList<>(details);
    more.add(detail);
    return new RpcException(code, sentence(), more, metadata, reason);
  }

  /**
   * The same with a code that is stable and for programs, told as an {@link ErrorInfo}.
   *
   * @param reason such as {@code run.not_found}; listed in {@code docs/error-codes.md}
   */
  public RpcException withReason(String reason) {
    var more = new ArrayList<>(details);
    more.add(ErrorInfo.newBuilder().setReason(reason).setDomain(DOMAIN).build());
    return new RpcException(code, sentence(), more, metadata, reason);
  }

  /**
   * The same with one more header, or trailer where the protocol has them.
   *
   * @param name in lower case
   */
  public RpcException withMetadata(String name, String value) {
    var more = new LinkedHashMap<>(metadata);
    more.put(name, value);
    return new RpcException(code, sentence(), details, more, reason);
  }

  public RpcCode code() {
    return code;
  }

  /** The sentence for a person; may be empty. */
  public String sentence() {
    return Objects.requireNonNullElse(getMessage(), "");
  }

  public List<Message> details() {
    return details;
  }

  /** What is told in headers or trailers. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The stable code; empty when there is none beyond {@link #code()}. */
  public String reason() {
    return reason;
  }
}
