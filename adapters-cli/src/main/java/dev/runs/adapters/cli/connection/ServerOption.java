package dev.runs.adapters.cli.connection;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The server of a command that works on no other place. */
public final class ServerOption {

  private ServerOption() {}

  /**
   * @param url as it was typed; null for that of the environment, or the usual one
   * @throws CommandFailed when the address is none
   */
  public static URI address(@Nullable String url, Map<String, String> environment) {
    return ModeChoice.server(false, Objects.requireNonNullElse(url, ModeChoice.BARE), environment)
        .orElse(ModeChoice.USUAL_SERVER);
  }
}
