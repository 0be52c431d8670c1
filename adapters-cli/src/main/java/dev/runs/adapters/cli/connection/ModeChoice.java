package dev.runs.adapters.cli.connection;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides whether a command works here or on a server, and on which. */
final class ModeChoice {

  /** Stands for {@code --remote} without a value. */
  static final String BARE = "";

  /** Where a server listens when it is not told otherwise. */
  static final URI USUAL_SERVER = URI.create("http://localhost:8090");

  private static final List<String> VARIABLES = List.of("RUNS_API_URL", "SPRONGUS_API_URL");

  private ModeChoice() {}

  /**
   * The server to work on; nothing for working here.
   *
   * @param isLocal whether {@code --local} was given, which settles it
   * @param remote the value of {@code --remote}; {@link #BARE} when it has none, null without it
   * @throws CommandFailed when the address is none
   */
  static Optional<URI> server(
      boolean isLocal, @Nullable String remote, Map<String, String> environment) {
    if (isLocal && remote != null) {
      throw CommandFailed.usage("--local and --remote exclude each other.");
    }
    if (isLocal) {
      return Optional.empty();
    }
    var ofEnvironment =
        VARIABLES.stream()
            .flatMap(name ->
                Stream.ofNullable(environment.get(name))
                    .filter(value -> !value.isBlank())
                    .map(value -> address(value.strip(), name)))
            .findFirst();
    if (remote == null) {
      return ofEnvironment;
    }
    return remote.equals(BARE)
        ? ofEnvironment.or(() -> Optional.of(USUAL_SERVER))
        : Optional.of(address(remote.strip(), "--remote"));
  }

  private static URI address(String text, String source) {
    try {
      var address = new URI(text);
      var isHttp = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (isHttp
          && address.getHost() != null
          && address.getRawUserInfo() == null
          && address.getRawQuery() == null
          && address.getRawFragment() == null) {
        return address;
      }
    } catch (URISyntaxException _) {
      // told below like every other text that is no address
    }
    throw CommandFailed.usage(
        source + " must be an address such as http://localhost:8090, without user and password.");
  }
}
