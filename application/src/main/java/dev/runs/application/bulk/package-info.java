/** Canceling and retrying many runs by one request. */
@NullMarked
package dev.runs.application.bulk;

import org.jspecify.annotations.NullMarked;
