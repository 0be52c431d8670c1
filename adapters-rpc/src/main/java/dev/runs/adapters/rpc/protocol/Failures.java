package dev.runs.adapters.rpc.protocol;

import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import dev.runs.application.ItemRejected;
import dev.runs.domain.Rejection;
import dev.runs.domain.run.RunRejected;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told of something that went wrong. */
public final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** The failure that something is; one that nobody expected is logged and tells nothing. */
  public static RpcException of(Throwable thrown) {
    return switch (thrown) {
      case RpcException failure -> failure;
      case CallEnded ended ->
          new RpcException(RpcCode.CANCELED, String.valueOf(ended.getMessage()));
      case Rejection rejection -> of(rejection);
      default -> {
        LOG.error("A call failed", thrown);
        yield new RpcException(RpcCode.INTERNAL, "Internal server error");
      }
    };
  }

  /** A refusal of the core: its reason decides, and of conflicts its code. */
  public static RpcException of(Rejection rejection) {
    if (rejection instanceof ItemRejected item) {
      return of(item.rejection());
    }
    if (rejection.reason() == Rejection.Reason.UPSTREAM) {
      LOG.warn("A call failed, for another service did not answer as it should", rejection);
    }
    var failure =
        new RpcException(code(rejection), rejection.sentence()).withReason(rejection.code());
    return rejection instanceof RunRejected.BadField bad
        ? failure.withDetail(
            BadRequest.newBuilder()
                .addFieldViolations(
                    FieldViolation.newBuilder()
                        .setField(bad.field())
                        .setDescription(rejection.sentence()))
                .build())
        : failure;
  }

  private static RpcCode code(Rejection rejection) {
    return switch (rejection.reason()) {
      case INVALID -> RpcCode.INVALID_ARGUMENT;
      case NOT_FOUND -> RpcCode.NOT_FOUND;
      case FORBIDDEN -> RpcCode.PERMISSION_DENIED;
      case UNPROCESSABLE -> RpcCode.FAILED_PRECONDITION;
      case EXHAUSTED -> RpcCode.RESOURCE_EXHAUSTED;
      case UPSTREAM -> RpcCode.UNAVAILABLE;
      case CONFLICT -> conflict(rejection.code());
    };
  }

  /** Something is there already, was changed meanwhile and can be tried again, or is not ready. */
  private static RpcCode conflict(String code) {
    if (code.endsWith("_taken") || code.endsWith("_exists")) {
      return RpcCode.ALREADY_EXISTS;
    }
    return code.equals("run.changed_meanwhile") || code.equals("idempotency.in_flight")
        ? RpcCode.ABORTED
        : RpcCode.FAILED_PRECONDITION;
  }
}
