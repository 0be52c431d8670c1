/** Runs of pipelines: made, told of, shown. */
@NullMarked
package dev.runs.application.pipeline;

import org.jspecify.annotations.NullMarked;
