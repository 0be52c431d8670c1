/** The queue: enqueuing, claiming, keeping alive, ending, canceling and repeating runs. */
@NullMarked
package dev.runs.application.queue;

import org.jspecify.annotations.NullMarked;
