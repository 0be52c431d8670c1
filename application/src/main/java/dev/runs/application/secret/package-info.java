/** Inputs that hold credentials are refused. */
@NullMarked
package dev.runs.application.secret;

import org.jspecify.annotations.NullMarked;
