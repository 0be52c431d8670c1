/** Holds the messages to the contract that clients rely on. */
@NullMarked
package dev.runs.adapters.rpc.wire;

import org.jspecify.annotations.NullMarked;
