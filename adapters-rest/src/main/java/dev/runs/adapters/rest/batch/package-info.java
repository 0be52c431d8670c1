/** Requests that ask for many things at once. */
@NullMarked
package dev.runs.adapters.rest.batch;

import org.jspecify.annotations.NullMarked;
