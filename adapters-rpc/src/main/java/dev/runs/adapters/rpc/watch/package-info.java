/** Streams that tell how things are, and then how they change. */
@NullMarked
package dev.runs.adapters.rpc.watch;

import org.jspecify.annotations.NullMarked;
