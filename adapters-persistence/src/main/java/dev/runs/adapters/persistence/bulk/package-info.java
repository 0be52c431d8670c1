/** Bulk operations in the database. */
@NullMarked
package dev.runs.adapters.persistence.bulk;

import org.jspecify.annotations.NullMarked;
