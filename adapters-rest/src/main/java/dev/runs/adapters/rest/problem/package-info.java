/** What is answered when a request is refused: problem documents of RFC 9457. */
@NullMarked
package dev.runs.adapters.rest.problem;

import org.jspecify.annotations.NullMarked;
