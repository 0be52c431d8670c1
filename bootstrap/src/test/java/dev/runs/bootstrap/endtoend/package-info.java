/** The packaged server in processes of its own, asked over HTTP. */
@NullMarked
package dev.runs.bootstrap.endtoend;

import org.jspecify.annotations.NullMarked;
