/** Who did what, when and from where. */
@NullMarked
package dev.runs.domain.audit;

import org.jspecify.annotations.NullMarked;
