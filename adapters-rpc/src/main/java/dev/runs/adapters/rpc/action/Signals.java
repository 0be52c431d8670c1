package dev.runs.adapters.rpc.action;

import dev.runs.adapters.rpc.wire.core.Literal;
import dev.runs.adapters.rpc.wire.core.Primitive;
import dev.runs.adapters.rpc.wire.core.Scalar;
import dev.runs.adapters.rpc.wire.core.SimpleType;
import dev.runs.adapters.rpc.wire.workflow.ConditionAction;
import dev.runs.adapters.rpc.wire.workflow.EventPayload;
import dev.runs.domain.action.ActionRejected;
import dev.runs.domain.action.Document;
import java.util.Locale;

/** Values with which conditions are signalled. */
public final class Signals {

  private Signals() {}

  /**
   * The value as the condition keeps it.
   *
   * @param spec what was recorded of the condition
   * @throws ActionRejected.WrongSignal when the condition waits for a value of another type
   */
  public static Document value(Document spec, EventPayload payload) {
    var type = Documents.read(spec, ConditionAction.newBuilder()).getType();
    var given = type(payload);
    if (type.hasSimple() && type.getSimple() != given) {
      throw new ActionRejected.WrongSignal(word(type.getSimple()), word(given));
    }
    return Documents.of(literal(payload));
  }

  private static Literal literal(EventPayload payload) {
    var primitive = Primitive.newBuilder();
    switch (payload.getValueCase()) {
      case BOOL_VALUE -> primitive.setBoolean(payload.getBoolValue());
      case INT_VALUE -> primitive.setInteger(payload.getIntValue());
      case FLOAT_VALUE -> primitive.setFloatValue(payload.getFloatValue());
      case STRING_VALUE -> primitive.setStringValue(payload.getStringValue());
      case VALUE_NOT_SET -> throw new IllegalStateException("the rules want a value");
    }
    return Literal.newBuilder().setScalar(Scalar.newBuilder().setPrimitive(primitive)).build();
  }

  private static SimpleType type(EventPayload payload) {
    return switch (payload.getValueCase()) {
      case BOOL_VALUE -> SimpleType.BOOLEAN;
      case INT_VALUE -> SimpleType.INTEGER;
      case FLOAT_VALUE -> SimpleType.FLOAT;
      case STRING_VALUE -> SimpleType.STRING;
      case VALUE_NOT_SET -> throw new IllegalStateException("the rules want a value");
    };
  }

  private static String word(SimpleType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }
}
