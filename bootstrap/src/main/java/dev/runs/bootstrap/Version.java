package dev.runs.bootstrap;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** Which build this is. */
final class Version implements IVersionProvider {

  /** As the jar's manifest says; classes that were never packed have none. */
  static String number() {
    @Nullable String packed = Version.class.getPackage().getImplementationVersion();
    return packed == null ? "development" : packed;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "runs-service %s (Java %s)".formatted(number(), Runtime.version().toString())
    };
  }
}
