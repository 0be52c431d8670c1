/** What checked the data of runs, and what follows from it. */
@NullMarked
package dev.runs.domain.validation;

import org.jspecify.annotations.NullMarked;
