/** The ledger of sums in the database. */
@NullMarked
package dev.runs.adapters.persistence.rollup;

import org.jspecify.annotations.NullMarked;
