/** Answers that are kept, so that a request sent twice is done once. */
@NullMarked
package dev.runs.application.idempotency;

import org.jspecify.annotations.NullMarked;
