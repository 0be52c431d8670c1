/** Commands that hand runs in and ask after them. */
@NullMarked
package dev.runs.adapters.cli.run;

import org.jspecify.annotations.NullMarked;
