/** The queue as workers and those who watch over it see it. */
@NullMarked
package dev.runs.adapters.rest.queue;

import org.jspecify.annotations.NullMarked;
