/** Speaks Connect, gRPC and gRPC-Web, and knows no service. */
@NullMarked
package dev.runs.adapters.rpc.protocol;

import org.jspecify.annotations.NullMarked;
