/** Drawings whose geometry stands in attributes, as pages without inline styles want it. */
@NullMarked
package dev.runs.adapters.web.chart;

import org.jspecify.annotations.NullMarked;
