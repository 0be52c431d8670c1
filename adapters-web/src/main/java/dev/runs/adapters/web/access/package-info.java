/** Signing in, the own account, and where somebody acts. */
@NullMarked
package dev.runs.adapters.web.access;

import org.jspecify.annotations.NullMarked;
