package dev.runs.adapters.rest.rate;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * Addresses that begin alike, as in {@code 10.0.0.0/8}.
 *
 * @param address the first of them, whose bits behind the prefix are 0
 * @param prefix how many bits all of them have in common
 */
public record AddressBlock(InetAddress address, int prefix) {

  /**
   * @throws IllegalArgumentException when the prefix is longer than an address, or the address has
   *     more bits than the prefix
   */
  public AddressBlock {
    var bits = address.getAddress().length * Byte.SIZE;
    if (prefix < 0 || prefix > bits) {
      throw new IllegalArgumentException("the prefix must be from 0 to " + bits);
    }
    if (!Arrays.equals(masked(address.getAddress(), prefix), address.getAddress())) {
      throw new IllegalArgumentException("the address has more bits than the prefix");
    }
  }

  /**
   * Reads an address, which is a block of one, or a block in the notation of CIDR. No name is
   * looked up.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static AddressBlock parse(String text) {
    var slash = text.indexOf('/');
    if (slash < 0) {
      var address = InetAddress.ofLiteral(text);
      return new AddressBlock(address, address.getAddress().length * Byte.SIZE);
    }
    return new AddressBlock(
        InetAddress.ofLiteral(text.substring(0, slash)),
        Integer.parseInt(text.substring(slash + 1)));
  }

  /** Whether an address is one of them. */
  public boolean contains(InetAddress other) {
    var bytes = other.getAddress();
    return bytes.length == address.getAddress().length
        && Arrays.equals(masked(bytes, prefix), address.getAddress());
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefix;
  }

  private static byte[] masked(byte[] bytes, int prefix) {
    var masked = bytes.clone();
    for (var i = 0; i < masked.length; i++) {
      var kept = Math.clamp(prefix - (long) i * Byte.SIZE, 0, Byte.SIZE);
      masked[i] &= (byte) (0xFF << (Byte.SIZE - kept));
    }
    return masked;
  }
}
