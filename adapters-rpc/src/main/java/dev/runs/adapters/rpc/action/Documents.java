package dev.runs.adapters.rpc.action;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.runs.adapters.rpc.protocol.RpcException;
import dev.runs.domain.action.Document;
import dev.runs.domain.secret.Input;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages as the JSON documents in which they are kept, and back. */
public final class Documents {

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

  private Documents() {}

  public static Document of(Message message) {
    return new Document(json(message));
  }

  /** Nothing for a message that was left out. */
  public static @Nullable Document ofGiven(boolean isGiven, Message message) {
    return isGiven ? of(message) : null;
  }

  /** Canonical JSON of a message, in one line. */
  public static String json(Message message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw RpcException.invalid(
          message.getDescriptorForType().getName(), "holds what JSON cannot say");
    }
  }

  /**
   * Puts what a document holds into a message in the making.
   *
   * @return the builder that was given
   */
  public static <B extends Message.Builder> B read(Document document, B builder) {
    return read(document.json(), builder);
  }

  /** As above, with the JSON itself. */
  public static <B extends Message.Builder> B read(String json, B builder) {
    try {
      PARSER.merge(json, builder);
      return builder;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(
          "what was kept is no " + builder.getDescriptorForType().getFullName(), e);
    }
  }

  /** As above; an empty message when there is no document. */
  public static <B extends Message.Builder> B read(Optional<Document> document, B builder) {
    return document.map(its -> read(its, builder)).orElse(builder);
  }

  /** A message as a tree, to look for credentials in it. */
  public static Input input(Message message) {
    return input(read(json(message), Value.newBuilder()).build());
  }

  private static Input input(Value value) {
    return switch (value.getKindCase()) {
      case STRING_VALUE -> new Input.Text(value.getStringValue());
      case NUMBER_VALUE -> Input.NUMBER;
      case LIST_VALUE ->
          new Input.Elements(
              value.getListValue().getValuesList().stream().map(Documents::input).toList());
      case STRUCT_VALUE -> {
        var members = new LinkedHashMap<String, Input>();
        value
            .getStructValue()
            .getFieldsMap()
            .forEach((name, member) -> members.put(name, input(member)));
        yield new Input.Members(members);
      }
      case NULL_VALUE, BOOL_VALUE, KIND_NOT_SET -> Input.OTHER;
    };
  }
}
