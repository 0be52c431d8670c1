/** Organizations, users and the keys that callers show. */
@NullMarked
package dev.runs.application.access;

import org.jspecify.annotations.NullMarked;
