package dev.runs.adapters.rpc.action;

import com.google.protobuf.Timestamp;
import dev.runs.adapters.rpc.protocol.RpcException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Moments as messages have them. */
public final class Moments {

  private static final long FIRST_SECOND = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
  private static final int NANOS = 1_000_000_000;

  private Moments() {}

  public static Timestamp of(Instant moment) {
    return Timestamp.newBuilder()
        .setSeconds(moment.getEpochSecond())
        .setNanos(moment.getNano())
        .build();
  }

  /**
   * @param field where the moment stands
   * @throws RpcException when it lies beyond the years 1 to 9999
   */
  public static Instant read(String field, Timestamp moment) {
    if (moment.getSeconds() < FIRST_SECOND
        || moment.getSeconds() > LAST_SECOND
        || moment.getNanos() < 0
        || moment.getNanos() >= NANOS) {
      throw RpcException.invalid(field, "must lie between the years 1 and 9999");
    }
    return Instant.ofEpochSecond(moment.getSeconds(), moment.getNanos());
  }

  /** As above; nothing for one that was left out. */
  public static @Nullable Instant readGiven(String field, boolean isGiven, Timestamp moment) {
    return isGiven ? read(field, moment) : null;
  }
}
