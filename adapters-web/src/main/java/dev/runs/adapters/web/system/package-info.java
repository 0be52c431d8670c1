/** How the installation is, as a page. */
@NullMarked
package dev.runs.adapters.web.system;

import org.jspecify.annotations.NullMarked;
