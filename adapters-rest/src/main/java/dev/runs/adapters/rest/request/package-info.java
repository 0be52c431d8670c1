/** How requests are read and answers are written. */
@NullMarked
package dev.runs.adapters.rest.request;

import org.jspecify.annotations.NullMarked;
