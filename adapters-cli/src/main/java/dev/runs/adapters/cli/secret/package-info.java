/** Resolves references to secrets and keeps what they stand for out of what is written. */
@NullMarked
package dev.runs.adapters.cli.secret;

import org.jspecify.annotations.NullMarked;
