/** Who calls: keys are asked for here, before anything else happens. */
@NullMarked
package dev.runs.adapters.rest.caller;

import org.jspecify.annotations.NullMarked;
