package dev.runs.bootstrap.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says about the configuration; nothing where it is silent.
 *
 * @param config the file to read
 * @param port as it was written
 * @param db the SQLite file, as it was written
 */
public record Arguments(@Nullable Path config, @Nullable String port, @Nullable String db) {

  /** A command line without options. */
  public static final Arguments NONE = new Arguments(null, null, null);
}
