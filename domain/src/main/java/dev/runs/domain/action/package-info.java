/** Runs as the actions of their trees: where they are found, what is known and said of them. */
@NullMarked
package dev.runs.domain.action;

import org.jspecify.annotations.NullMarked;
