/** Runs with what they cost, what stands below them, and what happened there. */
@NullMarked
package dev.runs.application.tree;

import org.jspecify.annotations.NullMarked;
