/** The removal of old runs, and what is remembered of them, in the database. */
@NullMarked
package dev.runs.adapters.persistence.retention;

import org.jspecify.annotations.NullMarked;
