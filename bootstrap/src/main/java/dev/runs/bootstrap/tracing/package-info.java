/** A span of each run that has ended, for a collector of traces. */
@NullMarked
package dev.runs.bootstrap.tracing;

import org.jspecify.annotations.NullMarked;
