package dev.runs.adapters.rpc.protocol;

import dev.runs.domain.access.Access;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call while it is answered: who makes it, how long it may take, and whether it is over. */
public final class Call {

  private static final Logger LOG = LoggerFactory.getLogger(Call.class);

  private final RpcMethod<?, ?> method;
  private final Admission admission;
  private final Map<String, List<String>> metadata;
  private final boolean isDepartureNoticed;
  private final Gatekeeper gatekeeper;
  private final @Nullable Long deadlineNanos;
  private final List<Runnable> whenCancelled = new ArrayList<>();
  private final Map<String, String> trailers = new LinkedHashMap<>();
  private boolean isCancelled;

  /**
   * @param metadata all headers of the request, by their names in lower case
   * @param deadlineNanos on the scale of {@link System#nanoTime()}; nothing when it may take for
   *     ever
   */
  Call(
      RpcMethod<?, ?> method,
      Admission admission,
      Map<String, List<String>> metadata,
      boolean isDepartureNoticed,
      Gatekeeper gatekeeper,
      @Nullable Long deadlineNanos) {
    this.method = method;
    this.admission = admission;
    this.metadata = metadata;
    this.isDepartureNoticed = isDepartureNoticed;
    this.gatekeeper = gatekeeper;
    this.deadlineNanos = deadlineNanos;
  }

  /** Which call it is. */
  public RpcMethod<?, ?> method() {
    return method;
  }

  /** What the caller has been let in for. */
  public Access access() {
    return admission.access();
  }

  public Origin origin() {
    return admission.origin();
  }

  /** The organization named in the header {@code X-Organization-Id}; nothing when there is none. */
  public Optional<OrganizationId> namedOrganization() {
    return admission.organization();
  }

  /**
   * Takes one from a budget of the caller, before what it is for is done.
   *
   * @throws RpcException when nothing is left of it
   */
  public void take(CallBudget budget) {
    gatekeeper.take(admission, budget);
  }

  /**
   * The values of a header of the request, in its order.
   *
   * @param name in any case
   */
  public List<String> metadata(String name) {
    return metadata.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  /**
   * Tells something beside the answer, at its end. A trailer of gRPC; a header {@code Trailer-…} of
   * a Connect call with one answer.
   *
   * @param name in lower case, not ending in {@code -bin}
   * @param value visible ASCII
   */
  public synchronized void addTrailer(String name, String value) {
    trailers.put(name, value);
  }

  /** How much time is left, not below zero; nothing when the client has set no limit. */
  public Optional<Duration> timeLeft() {
    return Optional.ofNullable(deadlineNanos)
        .map(deadline -> Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
  }

  /**
   * Whether a client that leaves is noticed at once. If not, it is noticed when something is sent:
   * a handler that has nothing to send sends what is legal now and then.
   */
  public boolean isDepartureNoticed() {
    return isDepartureNoticed;
  }

  /** Whether nobody waits for answers any more: gone, out of time, or the server stops. */
  public synchronized boolean isCancelled() {
    return isCancelled;
  }

  /**
   * Has something done once the call is cancelled; at once when it is. It must be quick, for it
   * runs on a thread of the server. Nothing of it runs when the call ends by itself.
   */
  public void onCancel(Runnable action) {
    synchronized (this) {
      if (!isCancelled) {
        whenCancelled.add(action);
        return;
      }
    }
    action.run();
  }

  void cancel() {
    List<Runnable> actions;
    synchronized (this) {
      if (isCancelled) {
        return;
      }
      isCancelled = true;
      actions = List.copyOf(whenCancelled);
      whenCancelled.clear();
    }
    actions.forEach(Call::runSafely);
  }

  synchronized Map<String, String> trailers() {
    return Map.copyOf(trailers);
  }

  Admission admission() {
    return admission;
  }

  private static void runSafely(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.error("What was to be done after a call was cancelled has failed", e);
    }
  }
}
