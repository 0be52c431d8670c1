/** How an organization is doing, as the database has it. */
@NullMarked
package dev.runs.adapters.persistence.overview;

import org.jspecify.annotations.NullMarked;
