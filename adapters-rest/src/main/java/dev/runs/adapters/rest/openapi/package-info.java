/** The description of this surface for machines. */
@NullMarked
package dev.runs.adapters.rest.openapi;

import org.jspecify.annotations.NullMarked;
