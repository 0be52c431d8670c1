/** Requests that may be sent twice and are done once. */
@NullMarked
package dev.runs.adapters.rest.idempotency;

import org.jspecify.annotations.NullMarked;
