/** Who did what, as pages and files. */
@NullMarked
package dev.runs.adapters.web.audit;

import org.jspecify.annotations.NullMarked;
