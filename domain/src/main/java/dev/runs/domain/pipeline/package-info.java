/** Runs of data pipelines, and the contracts that their data is held to. */
@NullMarked
package dev.runs.domain.pipeline;

import org.jspecify.annotations.NullMarked;
