/** The audit log as JSON and as CSV. */
@NullMarked
package dev.runs.adapters.rest.audit;

import org.jspecify.annotations.NullMarked;
