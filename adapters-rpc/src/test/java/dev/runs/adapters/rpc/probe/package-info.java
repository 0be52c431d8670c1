/** A server with calls of every kind, to try the protocols with. */
@NullMarked
package dev.runs.adapters.rpc.probe;

import org.jspecify.annotations.NullMarked;
