package dev.runs.adapters.rest.rate;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Addresses that are counted as one: an IPv4 address by itself, an IPv6 address with its whole /64,
 * for that is what one customer has.
 *
 * @param prefix the 32 bits of an IPv4 address, or the first 64 of an IPv6 address
 */
public record AddressGroup(boolean isIpv6, long prefix) {

  /** The one of an address. */
  static AddressGroup of(InetAddress address) {
    var bytes = ByteBuffer.wrap(address.getAddress());
    return address instanceof Inet6Address
        ? new AddressGroup(true, bytes.getLong())
        : new AddressGroup(false, Integer.toUnsignedLong(bytes.getInt()));
  }
}
