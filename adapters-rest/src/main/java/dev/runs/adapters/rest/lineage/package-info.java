/** Events of lineage over HTTP, as OpenLineage's clients send them. */
@NullMarked
package dev.runs.adapters.rest.lineage;

import org.jspecify.annotations.NullMarked;
