package dev.runs.adapters.costs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A try that brought no price, for another reason than that the service does not know the name.
 * Never names the address or the key.
 */
abstract sealed class NoPrice extends RuntimeException {

  private static final int SERVER_ERRORS = 500;

  private final String why;

  private NoPrice(String why, @Nullable Throwable cause) {
    super(why, cause);
    this.why = why;
  }

  /** For a person. */
  final String why() {
    return why;
  }

  /** Whether the same question may be answered a little later. */
  abstract boolean mayPass();

  /** Whether it shows that the service as a whole is down, and not that it dislikes one request. */
  abstract boolean meansDown();

  /** How long the service asks to be left alone; zero when it does not say. */
  Duration retryAfter() {
    return Duration.ZERO;
  }

  /** An answer with a status that is neither 200 nor 404. */
  static final class Returned extends NoPrice {
    private final int status;
    private final Duration retryAfter;

    Returned(int status, Duration retryAfter) {
      super("costs-service returned " + status, null);
      this.status = status;
      this.retryAfter = retryAfter;
    }

    @Override
    boolean mayPass() {
      return switch (status) {
        case 429, 502, 503, 504 -> true;
        default -> false;
      };
    }

    @Override
    boolean meansDown() {
      return status >= SERVER_ERRORS;
    }

    @Override
    Duration retryAfter() {
      return retryAfter;
    }
  }

  /** No answer: no connection, a broken one, or too long a wait. */
  static final class Silence extends NoPrice {
    Silence(String why, Throwable cause) {
      super(why, cause);
    }

    @Override
    boolean mayPass() {
      return true;
    }

    @Override
    boolean meansDown() {
      return true;
    }
  }

  /** An answer in which no price can be read. */
  static final class Unusable extends NoPrice {
    Unusable(String why, @Nullable Throwable cause) {
      super(why, cause);
    }

    @Override
    boolean mayPass() {
      return false;
    }

    @Override
    boolean meansDown() {
      return false;
    }
  }

  /** Nobody waits for the answer any more; this says nothing about the service. */
  static final class CalledOff extends NoPrice {
    CalledOff(Throwable cause) {
      super("the look-up was called off", cause);
    }

    @Override
    boolean mayPass() {
      return false;
    }

    @Override
    boolean meansDown() {
      return false;
    }
  }
}
