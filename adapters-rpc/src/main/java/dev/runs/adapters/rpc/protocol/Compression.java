package dev.runs.adapters.rpc.protocol;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** How messages are made smaller: not at all, or with gzip. */
enum Compression {
  IDENTITY,
  GZIP;

  /** What this server takes, as headers name it. */
  static final String SUPPORTED = "gzip";

  /** Smaller messages are sent as they are; the effort would not pay. */
  static final int WORTH_IT = 1_024;

  /**
   * How a client has compressed.
   *
   * @param name of the header; nothing or {@code identity} is not at all
   * @throws RpcException when this server does not know it
   */
  static Compression ofRequest(@Nullable String name) {
    if (name == null || name.isEmpty() || name.equals("identity")) {
      return IDENTITY;
    }
    if (name.equals("gzip")) {
      return GZIP;
    }
    throw new RpcException(
        RpcCode.UNIMPLEMENTED,
        "unknown compression '%s': supported encodings are %s"
            .formatted(shortened(name), SUPPORTED));
  }

  /**
   * How to answer: as the client compresses, or else with what it accepts.
   *
   * @param request the header of {@link #ofRequest}
   * @param accepted a list, parted by commas; what a part says beyond a name does not count
   */
  static Compression ofAnswer(@Nullable String request, @Nullable String accepted) {
    if ("gzip".equals(request)) {
      return GZIP;
    }
    var isAccepted =
        accepted != null
            && Arrays.stream(accepted.split(","))
                .map(part -> part.split(";", 2)[0].strip())
                .anyMatch("gzip"::equals);
    return isAccepted ? GZIP : IDENTITY;
  }

  String wireName() {
    return this == GZIP ? "gzip" : "identity";
  }

  byte[] compress(byte[] bytes) throws IOException {
    if (this == IDENTITY) {
      return bytes;
    }
    var compressed = new ByteArrayOutputStream(bytes.length / 4 + 64);
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    }
    return compressed.toByteArray();
  }

  /**
   * @param mostBytes how many there may be afterwards
   * @throws RpcException when there are more, or they are not compressed like this
   */
  byte[] decompress(byte[] bytes, int mostBytes) {
    // nothing is nothing, however it was compressed
    if (this == IDENTITY || bytes.length == 0) {
      return bytes;
    }
    byte[] plain;
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      plain = gzip.readNBytes(mostBytes + 1);
    } catch (IOException e) {
      throw new RpcException(RpcCode.INVALID_ARGUMENT, "the message is not compressed with gzip");
    }
    if (plain.length > mostBytes) {
      throw tooLarge(mostBytes);
    }
    return plain;
  }

  static RpcException tooLarge(int mostBytes) {
    return new RpcException(
        RpcCode.RESOURCE_EXHAUSTED,
        "the message is larger than the %d bytes allowed".formatted(mostBytes));
  }

  private static String shortened(String name) {
    return name.length() > 40 ? name.substring(0, 40) : name;
  }
}
