package dev.runs.adapters.rpc.protocol;

import jakarta.servlet.http.HttpServletRequest;

/** Knows who was let in with a request. */
@FunctionalInterface
public interface Gatekeeper {

  /**
   * @throws RpcException when the request does not say well who asks
   */
  Admission admit(HttpServletRequest request);
}
