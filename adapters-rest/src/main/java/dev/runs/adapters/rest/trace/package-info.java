/** How a request is found again: in its answer, in the log and in the audit log. */
@NullMarked
package dev.runs.adapters.rest.trace;

import org.jspecify.annotations.NullMarked;
