/** Runs: their identity, their place in a tree, their life. */
@NullMarked
package dev.runs.domain.run;

import org.jspecify.annotations.NullMarked;
