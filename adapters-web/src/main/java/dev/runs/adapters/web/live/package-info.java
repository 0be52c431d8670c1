/** How pages follow what happens. */
@NullMarked
package dev.runs.adapters.web.live;

import org.jspecify.annotations.NullMarked;
