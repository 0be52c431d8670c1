/** Removing what is older than its organization wants to keep it. */
@NullMarked
package dev.runs.application.retention;

import org.jspecify.annotations.NullMarked;
