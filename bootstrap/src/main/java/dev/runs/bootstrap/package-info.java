/** The program: its commands, its wiring and its start. */
@NullMarked
package dev.runs.bootstrap;

import org.jspecify.annotations.NullMarked;
