/** How many requests may come in a time: what is counted, and what an answer says of it. */
@NullMarked
package dev.runs.adapters.rest.rate;

import org.jspecify.annotations.NullMarked;
