/** Organizations and users over HTTP. */
@NullMarked
package dev.runs.adapters.rest.access;

import org.jspecify.annotations.NullMarked;
