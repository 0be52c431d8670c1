/** Executions of a run, one after another. */
@NullMarked
package dev.runs.domain.attempt;

import org.jspecify.annotations.NullMarked;
