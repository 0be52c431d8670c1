/** What the documentation shows, done as a reader would do it. */
@NullMarked
package dev.runs.bootstrap.docs;

import org.jspecify.annotations.NullMarked;
