package dev.runs.adapters.rpc.protocol;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.Violation;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules that messages declare about themselves. A request that breaks one is refused. */
public final class RequestRules implements Preparation {

  /** Of these the sentence tells; all of them are in the details. */
  private static final int MOST_TOLD = 3;

  /** Made when the first request comes, for it takes long, and commands never need it. */
  private @Nullable Validator validator;

  @Override
  public Message prepare(Call call, Message request) {
    check(request);
    return request;
  }

  /**
   * @throws RpcException when the message breaks a rule; it names every field that does
   */
  public void check(Message message) {
    List<Violation> violations;
    try {
      violations = validator().validate(message).getViolations();
    } catch (ValidationException e) {
      throw new IllegalStateException(
          "the rules of " + message.getDescriptorForType().getFullName() + " cannot be run", e);
    }
    if (!violations.isEmpty()) {
      throw refusal(violations.stream().map(RequestRules::violation).toList());
    }
  }

  private synchronized Validator validator() {
    var made = validator;
    if (made == null) {
      made = ValidatorFactory.newBuilder().build();
      validator = made;
    }
    return made;
  }

  private static RpcException refusal(List<FieldViolation> broken) {
    var told =
        broken.stream()
            .limit(MOST_TOLD)
            .map(one ->
                one.getField().isEmpty()
                    ? one.getDescription()
                    : one.getField() + ": " + one.getDescription())
            .collect(Collectors.joining("; "));
    var others = broken.size() - MOST_TOLD;
    return new RpcException(
            RpcCode.INVALID_ARGUMENT, others > 0 ? told + "; and " + others + " more" : told)
        .withDetail(BadRequest.newBuilder().addAllFieldViolations(broken).build());
  }

  private static FieldViolation violation(Violation violation) {
    var broken = violation.toProto();
    return FieldViolation.newBuilder()
        .setField(path(broken.getField().getElementsList()))
        .setDescription(
            broken.getMessage().isEmpty()
                ? "breaks the rule " + broken.getRuleId()
                : broken.getMessage())
        .build();
  }

  private static String path(List<FieldPathElement> elements) {
    return elements.stream()
        .map(element -> element.getFieldName() + subscript(element))
        .collect(Collectors.joining("."));
  }

  private static String subscript(FieldPathElement element) {
    return switch (element.getSubscriptCase()) {
      case INDEX -> "[" + element.getIndex() + "]";
      case BOOL_KEY -> "[" + element.getBoolKey() + "]";
      case INT_KEY -> "[" + element.getIntKey() + "]";
      case UINT_KEY -> "[" + Long.toUnsignedString(element.getUintKey()) + "]";
      case STRING_KEY -> "[\"" + element.getStringKey() + "\"]";
      case SUBSCRIPT_NOT_SET -> "";
    };
  }
}
