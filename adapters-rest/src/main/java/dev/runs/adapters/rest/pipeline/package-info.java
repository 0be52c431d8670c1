/** Runs of pipelines, as the pipeline registry's clients record and read them. */
@NullMarked
package dev.runs.adapters.rest.pipeline;

import org.jspecify.annotations.NullMarked;
