/** The runs of an organization: the list, and the page of each. */
@NullMarked
package dev.runs.adapters.web.run;

import org.jspecify.annotations.NullMarked;
