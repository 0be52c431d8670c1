package dev.runs.adapters.rest.rate;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a request comes from.
 *
 * @param text the address as it is shown, not longer than 45 characters
 * @param group with which it is counted
 */
public record ClientAddress(String text, AddressGroup group) {

  private static final String ATTRIBUTE = "dev.runs.address";

  private static final AddressGroup UNKNOWN = new AddressGroup(false, 0);

  /** What proxies write behind an address: {@code 1.2.3.4:80} and {@code [2001:db8::1]:80}. */
  private static final Pattern WITH_PORT =
      Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::\\d{1,5})?|([0-9.]+):\\d{1,5}");

  /** An address without a name of a network card behind it. */
  private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

  /** The one of the connection, or what was found out with {@link #find}. */
  public static ClientAddress of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof ClientAddress found
        ? found
        : ofConnection(request);
  }

  /**
   * Finds out where a request comes from and remembers it. While who speaks is a proxy that is
   * trusted, the one before it counts: the last in {@code X-Forwarded-For} is who spoke to the
   * nearest proxy, and whatever stands before the first that is not trusted may be made up.
   *
   * @param proxies that are trusted; with none of them the header is not read
   */
  public static ClientAddress find(HttpServletRequest request, List<AddressBlock> proxies) {
    var found = proxies.isEmpty() ? ofConnection(request) : behind(request, proxies);
    request.setAttribute(ATTRIBUTE, found);
    return found;
  }

  private static ClientAddress behind(HttpServletRequest request, List<AddressBlock> proxies) {
    var nearest = ofConnection(request);
    var hops = forwarded(request);
    for (var i = hops.size() - 1; i >= 0 && isTrusted(nearest, proxies); i--) {
      var hop = read(hops.get(i));
      if (hop.isEmpty()) {
        return nearest;
      }
      nearest = hop.get();
    }
    return nearest;
  }

  private static List<String> forwarded(HttpServletRequest request) {
    var hops = new ArrayList<String>();
    for (var line : Collections.list(request.getHeaders("X-Forwarded-For"))) {
      hops.addAll(List.of(line.split(",", -1)));
    }
    return hops;
  }

  private static boolean isTrusted(ClientAddress address, List<AddressBlock> proxies) {
    return literal(address.text)
        .filter(known -> proxies.stream().anyMatch(block -> block.contains(known)))
        .isPresent();
  }

  private static ClientAddress ofConnection(HttpServletRequest request) {
    var text = Optional.ofNullable(request.getRemoteAddr()).orElse("");
    return read(text).orElse(new ClientAddress(text, UNKNOWN));
  }

  private static Optional<ClientAddress> read(String text) {
    var address = withoutPort(text.strip());
    return literal(address).map(known -> new ClientAddress(address, AddressGroup.of(known)));
  }

  private static String withoutPort(String text) {
    var parts = WITH_PORT.matcher(text);
    if (!parts.matches()) {
      return text;
    }
    return parts.group(1) == null ? parts.group(2) : parts.group(1);
  }

  private static Optional<InetAddress> literal(String text) {
    if (!LITERAL.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
