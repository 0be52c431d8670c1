/** The event log in the database. */
@NullMarked
package dev.runs.adapters.persistence.event;

import org.jspecify.annotations.NullMarked;
