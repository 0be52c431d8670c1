/** Lineage in the database. */
@NullMarked
package dev.runs.adapters.persistence.lineage;

import org.jspecify.annotations.NullMarked;
