/** The ledger of sums: reading it, folding it, auditing it. */
@NullMarked
package dev.runs.application.rollup;

import org.jspecify.annotations.NullMarked;
