/** The pages on which many runs are canceled or retried at once. */
@NullMarked
package dev.runs.adapters.web.bulk;

import org.jspecify.annotations.NullMarked;
