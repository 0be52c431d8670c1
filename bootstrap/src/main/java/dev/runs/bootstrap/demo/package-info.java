/** A month of a company that never was, for people who want to see the service alive. */
@NullMarked
package dev.runs.bootstrap.demo;

import org.jspecify.annotations.NullMarked;
