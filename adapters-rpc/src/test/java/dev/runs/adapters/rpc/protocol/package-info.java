/** Tries the protocols, byte by byte and with real clients. */
@NullMarked
package dev.runs.adapters.rpc.protocol;

import org.jspecify.annotations.NullMarked;
