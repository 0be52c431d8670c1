/** Keeps what executors tell of actions, and finds what is shown of them. */
@NullMarked
package dev.runs.adapters.persistence.action;

import org.jspecify.annotations.NullMarked;
