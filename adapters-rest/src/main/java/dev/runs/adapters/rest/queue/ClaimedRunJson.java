package dev.runs.adapters.rest.queue;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.runs.adapters.rest.run.RunJson;

/**
 * A run with what its worker needs.
 *
 * @param input what it is given
 */
record ClaimedRunJson(@JsonUnwrapped RunJson run, @JsonRawValue String input, LeaseJson lease) {}
