package dev.runs.adapters.cli.connection;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says about the installation on this machine.
 *
 * @param config the settings in YAML; null when none are named
 * @param db the SQLite file, as it was written; null when none is named
 * @param organization the id or the external id of the one to act in; nothing for {@code default}
 */
public record LocalPlace(
    @Nullable Path config, @Nullable String db, Optional<String> organization) {}
