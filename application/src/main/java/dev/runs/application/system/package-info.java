/** How the installation itself is. */
@NullMarked
package dev.runs.application.system;

import org.jspecify.annotations.NullMarked;
