package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Failures as Connect writes them. */
final class ConnectErrors {

  private static final Base64.Encoder UNPADDED = Base64.getEncoder().withoutPadding();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private ConnectErrors() {}

  /** The body of a call with one answer that failed. */
  static byte[] body(RpcException failure) {
    return bytes(error(failure));
  }

  /**
   * The last message of a stream.
   *
   * @param failure nothing when all went well
   */
  static byte[] endOfStream(@Nullable RpcException failure, Map<String, String> metadata) {
    var end = Struct.newBuilder();
    if (failure != null) {
      end.putFields("error", Value.newBuilder().setStructValue(error(failure)).build());
    }
    if (!metadata.isEmpty()) {
      var entries = Struct.newBuilder();
      metadata.forEach((name, value) ->
          entries.putFields(
              name,
              Value.newBuilder()
                  .setListValue(ListValue.newBuilder().addValues(text(value)))
                  .build()));
      end.putFields("metadata", Value.newBuilder().setStructValue(entries).build());
    }
    return bytes(end.build());
  }

  private static Struct error(RpcException failure) {
    var error = Struct.newBuilder().putFields("code", text(failure.code().wireName()));
    if (!failure.sentence().isEmpty()) {
      error.putFields("message", text(failure.sentence()));
    }
    if (!failure.details().isEmpty()) {
      var details = ListValue.newBuilder();
      failure.details().forEach(detail -> details.addValues(detail(detail)));
      error.putFields("details", Value.newBuilder().setListValue(details).build());
    }
    return error.build();
  }

  private static Value detail(Message detail) {
    return Value.newBuilder()
        .setStructValue(
            Struct.newBuilder()
                .putFields("type", text(detail.getDescriptorForType().getFullName()))
                .putFields("value", text(UNPADDED.encodeToString(detail.toByteArray())))
                .putFields("debug", Value.newBuilder().setStructValue(debug(detail)).build()))
        .build();
  }

  private static Struct debug(Message detail) {
    var readable = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(PRINTER.print(detail), readable);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(
          detail.getDescriptorForType().getFullName() + " is no JSON object", e);
    }
    return readable.build();
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  private static byte[] bytes(Struct json) {
    try {
      return PRINTER.print(json).getBytes(StandardCharsets.UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("text and lists of text are always JSON", e);
    }
  }
}
