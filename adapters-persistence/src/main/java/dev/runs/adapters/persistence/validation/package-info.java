/** Keeps validations and what follows from them. */
@NullMarked
package dev.runs.adapters.persistence.validation;

import org.jspecify.annotations.NullMarked;
