/** What executors report about the actions that they drive. */
@NullMarked
package dev.runs.adapters.rpc.executor;

import org.jspecify.annotations.NullMarked;
