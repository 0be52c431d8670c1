/** Pages about contracts: what ran for them, and what was validated against them. */
@NullMarked
package dev.runs.adapters.web.pipeline;

import org.jspecify.annotations.NullMarked;
