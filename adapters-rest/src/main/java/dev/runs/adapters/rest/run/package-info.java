/** Runs, their trees and their lists over HTTP. */
@NullMarked
package dev.runs.adapters.rest.run;

import org.jspecify.annotations.NullMarked;
