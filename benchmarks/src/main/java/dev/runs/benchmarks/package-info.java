/** What the service does in a second, beside a yardstick that was measured in the same minute. */
@NullMarked
package dev.runs.benchmarks;

import org.jspecify.annotations.NullMarked;
