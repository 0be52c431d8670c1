/** What the database tells of itself. */
@NullMarked
package dev.runs.adapters.persistence.system;

import org.jspecify.annotations.NullMarked;
