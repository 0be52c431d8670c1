/** Credentials, which inputs must not hold. */
@NullMarked
package dev.runs.domain.secret;

import org.jspecify.annotations.NullMarked;
