/** The two databases: opening them, changing them safely, and what they do differently. */
@NullMarked
package dev.runs.adapters.persistence;

import org.jspecify.annotations.NullMarked;
