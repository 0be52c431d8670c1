/** Who calls, and in which organization. */
@NullMarked
package dev.runs.adapters.rpc.access;

import org.jspecify.annotations.NullMarked;
