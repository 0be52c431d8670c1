/** What the pipeline registry's clients find in every answer: its errors, pages and numbers. */
@NullMarked
package dev.runs.adapters.rest.registry;

import org.jspecify.annotations.NullMarked;
