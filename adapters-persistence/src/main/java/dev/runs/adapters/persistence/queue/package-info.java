/** The queue in the database. */
@NullMarked
package dev.runs.adapters.persistence.queue;

import org.jspecify.annotations.NullMarked;
