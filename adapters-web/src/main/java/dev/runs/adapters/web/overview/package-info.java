/** The first page of the console: how an organization is doing. */
@NullMarked
package dev.runs.adapters.web.overview;

import org.jspecify.annotations.NullMarked;
