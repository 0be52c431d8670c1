/** Actions as clients see them, and what they ask about them. */
@NullMarked
package dev.runs.adapters.rpc.action;

import org.jspecify.annotations.NullMarked;
