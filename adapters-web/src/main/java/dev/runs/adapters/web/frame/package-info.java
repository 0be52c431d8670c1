/** What every page of the console stands in: who looks, where they are, and how things are said. */
@NullMarked
package dev.runs.adapters.web.frame;

import org.jspecify.annotations.NullMarked;
