package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** How a message is written as bytes. */
sealed interface Codec {

  /**
   * @param empty an empty message of the type to read
   * @throws RpcException when the bytes are none
   */
  Message read(byte[] bytes, Message empty);

  byte[] write(Message message);

  /** As media types name it. */
  String wireName();

  /** The binary form. No bytes are the empty message. */
  record Binary() implements Codec {

    @Override
    public Message read(byte[] bytes, Message empty) {
      try {
        return empty.getParserForType().parseFrom(bytes);
      } catch (InvalidProtocolBufferException e) {
        throw unreadable(empty, e);
      }
    }

    @Override
    public byte[] write(Message message) {
      return message.toByteArray();
    }

    @Override
    public String wireName() {
      return "proto";
    }
  }

  /**
   * The canonical JSON form. Fields it does not know are passed over; no bytes are an error, for
   * the empty message is <code>{}</code>.
   */
  final class Json implements Codec {

    private final JsonFormat.Parser parser;
    private final JsonFormat.Printer printer;

    /**
     * @param types what an {@code Any} may hold
     */
    Json(TypeRegistry types) {
      this.parser = JsonFormat.parser().ignoringUnknownFields().usingTypeRegistry(types);
      this.printer =
          JsonFormat.printer().omittingInsignificantWhitespace().usingTypeRegistry(types);
    }

    @Override
    public Message read(byte[] bytes, Message empty) {
      if (bytes.length == 0) {
        throw new RpcException(
            RpcCode.INVALID_ARGUMENT, "the message is empty; an empty message of JSON is {}");
      }
      var message = empty.newBuilderForType();
      try {
        parser.merge(
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), message);
      } catch (InvalidProtocolBufferException e) {
        throw unreadable(empty, e);
      } catch (CharacterCodingException e) {
        throw new RpcException(RpcCode.INVALID_ARGUMENT, "the message is not UTF-8");
      }
      return message.build();
    }

    @Override
    public byte[] write(Message message) {
      try {
        return printer.print(message).getBytes(StandardCharsets.UTF_8);
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException(
            message.getDescriptorForType().getFullName() + " cannot be written as JSON", e);
      }
    }

    @Override
    public String wireName() {
      return "json";
    }
  }

  private static RpcException unreadable(Message empty, InvalidProtocolBufferException cause) {
    return new RpcException(
        RpcCode.INVALID_ARGUMENT,
        "the message is no %s: %s"
            .formatted(empty.getDescriptorForType().getFullName(), cause.getMessage()));
  }
}
