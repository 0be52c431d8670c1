/** How long runs that have ended are kept. */
@NullMarked
package dev.runs.domain.retention;

import org.jspecify.annotations.NullMarked;
