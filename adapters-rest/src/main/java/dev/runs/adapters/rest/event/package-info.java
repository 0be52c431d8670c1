/** What happened, a page at a time or as a stream of server-sent events. */
@NullMarked
package dev.runs.adapters.rest.event;

import org.jspecify.annotations.NullMarked;
