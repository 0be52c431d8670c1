/** Runs: making them, reporting on them, finding them, deleting them. */
@NullMarked
package dev.runs.application.run;

import org.jspecify.annotations.NullMarked;
