/** What runs are and the rules they keep: plain values, no framework, no ports. */
@NullMarked
package dev.runs.domain;

import org.jspecify.annotations.NullMarked;
