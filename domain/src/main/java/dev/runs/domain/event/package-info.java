/** What happened to a run, in words that every live channel reads. */
@NullMarked
package dev.runs.domain.event;

import org.jspecify.annotations.NullMarked;
