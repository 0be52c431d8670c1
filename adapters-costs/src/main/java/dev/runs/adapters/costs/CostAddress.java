package dev.runs.adapters.costs;

import dev.runs.domain.cost.CostName;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where the costs-service answers for a name. */
final class CostAddress {

  /** What stays as it is, letters and digits aside; as JavaScript's encodeURIComponent has it. */
  private static final String UNRESERVED = "-_.!~*'()";

  private CostAddress() {}

  /**
   * {@code {base}/v1/costs/{name}}.
   *
   * @return nothing for a name that no address can carry: one that is not valid Unicode (half of a
   *     surrogate pair), and the path segments {@code .} and {@code ..}, which mean another address
   */
  static Optional<URI> of(URI base, CostName name) {
    if (name.value().equals(".") || name.value().equals("..")) {
      return Optional.empty();
    }
    var front = base.toASCIIString().replaceFirst("/+$", "");
    return encoded(name.value()).map(segment -> URI.create(front + "/v1/costs/" + segment));
  }

  private static Optional<String> encoded(String name) {
    try {
      return Optional.of(
          escaped(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name))));
    } catch (CharacterCodingException notUnicode) {
      return Optional.empty();
    }
  }

  private static String escaped(ByteBuffer utf8) {
    var segment = new StringBuilder();
    while (utf8.hasRemaining()) {
      var octet = Byte.toUnsignedInt(utf8.get());
      if (isUnreserved(octet)) {
        segment.append((char) octet);
      } else {
        segment.append("%%%02X".formatted(octet));
      }
    }
    return segment.toString();
  }

  private static boolean isUnreserved(int octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= '0' && octet <= '9')
        || UNRESERVED.indexOf(octet) >= 0;
  }
}
