/** The audit of the ledger over HTTP. */
@NullMarked
package dev.runs.adapters.rest.rollup;

import org.jspecify.annotations.NullMarked;
