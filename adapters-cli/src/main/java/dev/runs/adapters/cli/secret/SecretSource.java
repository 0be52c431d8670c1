package dev.runs.adapters.cli.secret;

import java.util.Optional;

/** Where a worker finds what references to secrets stand for. */
@FunctionalInterface
public interface SecretSource {

  /** Knows none. */
  SecretSource NONE = _ -> Optional.empty();

  /**
   * @param name as it stands behind {@code secret://}
   */
  Optional<String> find(String name);

  /** The same, and what another one knows besides. */
  default SecretSource or(SecretSource other) {
    return name -> find(name).or(() -> other.find(name));
  }
}
