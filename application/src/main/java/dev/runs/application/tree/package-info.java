/** Runs with what they cost and what stands below them. */
@NullMarked
package dev.runs.application.tree;

import org.jspecify.annotations.NullMarked;
