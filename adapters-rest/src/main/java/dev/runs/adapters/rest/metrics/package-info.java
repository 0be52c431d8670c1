/** What is counted and timed, for those who watch over the service. */
@NullMarked
package dev.runs.adapters.rest.metrics;

import org.jspecify.annotations.NullMarked;
