package dev.runs.adapters.rpc.protocol;

import jakarta.servlet.http.HttpServletRequest;

/** Knows who was let in with a request, and how often they may do what. */
public interface Gatekeeper {

  /**
   * @throws RpcException when the request does not say well who asks
   */
  Admission admit(HttpServletRequest request);

  /**
   * Takes one from a budget of a caller.
   *
   * @throws RpcException when nothing is left of it
   */
  void take(Admission admission, CallBudget budget);
}
