/** JSON as this surface writes it. */
@NullMarked
package dev.runs.adapters.rest.json;

import org.jspecify.annotations.NullMarked;
