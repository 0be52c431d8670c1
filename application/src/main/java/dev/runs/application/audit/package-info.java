/** The audit log: written beside what it tells of, never changed. */
@NullMarked
package dev.runs.application.audit;

import org.jspecify.annotations.NullMarked;
