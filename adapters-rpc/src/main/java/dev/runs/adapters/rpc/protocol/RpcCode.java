package dev.runs.adapters.rpc.protocol;

import java.util.Arrays;
import java.util.Locale;

/** How a call can fail, with its number in gRPC and its status in Connect. */
public enum RpcCode {
  CANCELED(1, 499),
  UNKNOWN(2, 500),
  INVALID_ARGUMENT(3, 400),
  DEADLINE_EXCEEDED(4, 504),
  NOT_FOUND(5, 404),
  ALREADY_EXISTS(6, 409),
  PERMISSION_DENIED(7, 403),
  RESOURCE_EXHAUSTED(8, 429),
  FAILED_PRECONDITION(9, 400),
  ABORTED(10, 409),
  OUT_OF_RANGE(11, 400),
  UNIMPLEMENTED(12, 501),
  INTERNAL(13, 500),
  UNAVAILABLE(14, 503),
  DATA_LOSS(15, 500),
  UNAUTHENTICATED(16, 401);

  private final int number;
  private final int httpStatus;

  RpcCode(int number, int httpStatus) {
    this.number = number;
    this.httpStatus = httpStatus;
  }

  /** As gRPC writes it, from 1 to 16; 0 is success. */
  public int number() {
    return number;
  }

  /** The status of a Connect call with one answer that failed so. */
  public int httpStatus() {
    return httpStatus;
  }

  /** As Connect writes it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when no failure has the number
   */
  public static RpcCode ofNumber(int number) {
    return Arrays.stream(values())
        .filter(code -> code.number == number)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no failure has the number " + number));
  }
}
