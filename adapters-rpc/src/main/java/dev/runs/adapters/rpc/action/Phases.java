package dev.runs.adapters.rpc.action;

import dev.runs.adapters.rpc.protocol.RpcException;
import dev.runs.domain.action.ActionPhase;
import java.util.Objects;

/** Phases as messages have them; the numbers are the same. */
public final class Phases {

  private Phases() {}

  public static dev.runs.adapters.rpc.wire.common.ActionPhase of(ActionPhase phase) {
    return Objects.requireNonNull(
        dev.runs.adapters.rpc.wire.common.ActionPhase.forNumber(phase.number()),
        "each phase has its number in the protocol");
  }

  /**
   * @param field where the phase stands
   * @throws RpcException when it is none
   */
  public static ActionPhase read(String field, int number) {
    return ActionPhase.ofNumber(number)
        .orElseThrow(() -> RpcException.invalid(field, "must be a phase, 1 to 10"));
  }
}
