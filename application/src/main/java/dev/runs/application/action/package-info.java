/** Starts runs that executors drive, hears what these report of actions, and shows both. */
@NullMarked
package dev.runs.application.action;

import org.jspecify.annotations.NullMarked;
