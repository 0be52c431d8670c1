/** What can be configured, where it is written, and what is said when it is wrong. */
@NullMarked
package dev.runs.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
