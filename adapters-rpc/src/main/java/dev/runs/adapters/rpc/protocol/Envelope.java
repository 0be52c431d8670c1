package dev.runs.adapters.rpc.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One message of a stream: five bytes that tell what it is and how long, and then itself.
 *
 * @param flags one byte
 */
@SuppressWarnings("ArrayRecordComponent") // none is compared with another
record Envelope(int flags, byte[] payload) {

  static final int COMPRESSED = 0b1;

  /** The last message of a Connect stream, which tells how it went. */
  static final int END_OF_STREAM = 0b10;

  /** The last message of a gRPC-Web call, which holds the trailers. */
  static final int TRAILERS = 0b1000_0000;

  private static final int HEAD_BYTES = 5;

  byte[] bytes() {
    return ByteBuffer.allocate(HEAD_BYTES + payload.length)
        .put((byte) flags)
        .putInt(payload.length)
        .put(payload)
        .array();
  }

  /**
   * Reads the next one; nothing when there are no more.
   *
   * @param mostBytes how long it may be
   * @throws RpcException when it is longer, or broken off
   */
  static Optional<Envelope> read(InputStream body, int mostBytes) throws IOException {
    var head = body.readNBytes(HEAD_BYTES);
    if (head.length == 0) {
      return Optional.empty();
    }
    if (head.length < HEAD_BYTES) {
      throw new RpcException(RpcCode.INVALID_ARGUMENT, "the head of a message is broken off");
    }
    var fields = ByteBuffer.wrap(head);
    var flags = Byte.toUnsignedInt(fields.get());
    var length = Integer.toUnsignedLong(fields.getInt());
    if (length > mostBytes) {
      throw Compression.tooLarge(mostBytes);
    }
    var payload = body.readNBytes((int) length);
    if (payload.length < length) {
      throw new RpcException(
          RpcCode.INVALID_ARGUMENT,
          "a message of %d bytes is broken off after %d".formatted(length, payload.length));
    }
    return Optional.of(new Envelope(flags, payload));
  }
}
