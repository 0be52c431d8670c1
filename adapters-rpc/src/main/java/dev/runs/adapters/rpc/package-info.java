/** Speaks the RunService protocol: the services, over the use cases of the core. */
@NullMarked
package dev.runs.adapters.rpc;

import org.jspecify.annotations.NullMarked;
