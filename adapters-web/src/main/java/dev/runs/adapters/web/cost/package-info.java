/** What an organization spends, day by day. */
@NullMarked
package dev.runs.adapters.web.cost;

import org.jspecify.annotations.NullMarked;
