/** The audit log in the database. */
@NullMarked
package dev.runs.adapters.persistence.audit;

import org.jspecify.annotations.NullMarked;
