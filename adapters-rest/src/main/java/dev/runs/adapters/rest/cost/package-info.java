/** Cost lines and prices over HTTP. */
@NullMarked
package dev.runs.adapters.rest.cost;

import org.jspecify.annotations.NullMarked;
