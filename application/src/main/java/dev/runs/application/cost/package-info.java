/** Costs: booking them, pricing them, adding them up. */
@NullMarked
package dev.runs.application.cost;

import org.jspecify.annotations.NullMarked;
