/** Organizations, users and keys in the database. */
@NullMarked
package dev.runs.adapters.persistence.access;

import org.jspecify.annotations.NullMarked;
