/** Tries a server as clients of the RunService protocol use it. */
@NullMarked
package dev.runs.adapters.cli.rpc;

import org.jspecify.annotations.NullMarked;
