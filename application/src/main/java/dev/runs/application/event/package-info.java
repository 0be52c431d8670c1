/** The log of what happened, from the inbox to its place in the order. */
@NullMarked
package dev.runs.application.event;

import org.jspecify.annotations.NullMarked;
