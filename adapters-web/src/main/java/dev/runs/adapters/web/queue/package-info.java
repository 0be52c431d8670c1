/** Pages about what waits in the queue, what is executed, and by whom. */
@NullMarked
package dev.runs.adapters.web.queue;

import org.jspecify.annotations.NullMarked;
