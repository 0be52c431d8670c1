/** Kept answers in the database. */
@NullMarked
package dev.runs.adapters.persistence.idempotency;

import org.jspecify.annotations.NullMarked;
