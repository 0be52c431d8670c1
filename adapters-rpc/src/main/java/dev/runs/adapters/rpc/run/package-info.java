/** Runs as clients make, list and follow them. */
@NullMarked
package dev.runs.adapters.rpc.run;

import org.jspecify.annotations.NullMarked;
