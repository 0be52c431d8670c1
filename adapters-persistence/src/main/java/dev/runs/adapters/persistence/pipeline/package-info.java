/** Keeps what makes runs runs of pipelines. */
@NullMarked
package dev.runs.adapters.persistence.pipeline;

import org.jspecify.annotations.NullMarked;
