package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Any;
import com.google.rpc.Status;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a call went, as gRPC tells it at the end. */
final class GrpcTrailers {

  /** Clients take 8 KiB of trailers, as a rule; this becomes 4,000 of them. */
  private static final int MOST_DETAIL_BYTES = 3_000;

  /** As it is encoded. */
  private static final int MOST_MESSAGE_BYTES = 3_000;

  private GrpcTrailers() {}

  /**
   * @param failure nothing when all went well
   * @param metadata further trailers
   */
  static Map<String, String> of(@Nullable RpcException failure, Map<String, String> metadata) {
    var trailers = new LinkedHashMap<String, String>(metadata);
    if (failure == null) {
      trailers.put("grpc-status", "0");
      return trailers;
    }
    var message = shortened(failure.sentence());
    trailers.put("grpc-status", Integer.toString(failure.code().number()));
    trailers.put("grpc-message", encoded(message));
    if (!failure.details().isEmpty()) {
      var status = Status.newBuilder().setCode(failure.code().number()).setMessage(message);
      failure.details().forEach(detail -> status.addDetails(Any.pack(detail)));
      var bytes = status.build().toByteArray();
      if (bytes.length <= MOST_DETAIL_BYTES) {
        trailers.put(
            "grpc-status-details-bin", Base64.getEncoder().withoutPadding().encodeToString(bytes));
      }
    }
    return trailers;
  }

  /** The payload of the last message of gRPC-Web. */
  static byte[] block(Map<String, String> trailers) {
    var block = new StringBuilder();
    trailers.forEach((name, value) -> block.append(name).append(": ").append(value).append("\r\n"));
    return block.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Visible ASCII but for the percent sign stays; all else is written as its bytes of UTF-8. */
  private static String encoded(String message) {
    var encoded = new StringBuilder(message.length());
    for (var one : message.getBytes(StandardCharsets.UTF_8)) {
      if (one >= ' ' && one <= '~' && one != '%') {
        encoded.append((char) one);
      } else {
        encoded.append("%%%02X".formatted(one));
      }
    }
    return encoded.toString();
  }

  private static String shortened(String message) {
    if (message.length() <= MOST_MESSAGE_BYTES && encoded(message).length() <= MOST_MESSAGE_BYTES) {
      return message;
    }
    var length = 0;
    var end = 0;
    while (end < message.length() && length < MOST_MESSAGE_BYTES) {
      var next = message.offsetByCodePoints(end, 1);
      length += encoded(message.substring(end, next)).length();
      end = length > MOST_MESSAGE_BYTES ? end : next;
    }
    return message.substring(0, end) + "…";
  }
}
