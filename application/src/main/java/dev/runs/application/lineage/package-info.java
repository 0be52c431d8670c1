/** Events of lineage: heard whenever they come, in whatever order. */
@NullMarked
package dev.runs.application.lineage;

import org.jspecify.annotations.NullMarked;
