/** Runs that wait here until a worker claims them, and what a worker may do with them. */
@NullMarked
package dev.runs.domain.queue;

import org.jspecify.annotations.NullMarked;
