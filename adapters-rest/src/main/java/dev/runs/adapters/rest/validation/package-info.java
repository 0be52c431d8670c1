/** Validations and what follows from them, as the pipeline registry's clients say and read it. */
@NullMarked
package dev.runs.adapters.rest.validation;

import org.jspecify.annotations.NullMarked;
