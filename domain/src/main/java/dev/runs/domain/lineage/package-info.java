/** Events in which schedulers and engines tell of runs and of the data that they touch. */
@NullMarked
package dev.runs.domain.lineage;

import org.jspecify.annotations.NullMarked;
