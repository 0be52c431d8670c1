/** Executes claimed runs: by a command of the shell, or by handlers of an embedding program. */
@NullMarked
package dev.runs.adapters.cli.worker;

import org.jspecify.annotations.NullMarked;
