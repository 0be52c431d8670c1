/** Runs in the database. */
@NullMarked
package dev.runs.adapters.persistence.run;

import org.jspecify.annotations.NullMarked;
