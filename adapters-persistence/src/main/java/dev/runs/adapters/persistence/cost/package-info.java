/** Cost lines, prices and summaries in the database. */
@NullMarked
package dev.runs.adapters.persistence.cost;

import org.jspecify.annotations.NullMarked;
