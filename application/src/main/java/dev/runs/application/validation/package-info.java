/** Validations: recorded, listed, summed up, and what follows from them for runs. */
@NullMarked
package dev.runs.application.validation;

import org.jspecify.annotations.NullMarked;
