/** How facts at one run add up at every run above it. */
@NullMarked
package dev.runs.domain.rollup;

import org.jspecify.annotations.NullMarked;
