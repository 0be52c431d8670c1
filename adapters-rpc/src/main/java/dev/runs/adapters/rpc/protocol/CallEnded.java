package dev.runs.adapters.rpc.protocol;

/**
 * Thrown to a handler that would go on with a call which is over: its client has gone, its time is
 * up, or the server stops. A handler lets it pass.
 */
public final class CallEnded extends RuntimeException {

  CallEnded(String message) {
    super(message, null, false, false);
  }
}
