/** The costs-service, asked over HTTP for what things cost. */
@NullMarked
package dev.runs.adapters.costs;

import org.jspecify.annotations.NullMarked;
