/** Who owns runs and who acts on them. */
@NullMarked
package dev.runs.domain.access;

import org.jspecify.annotations.NullMarked;
