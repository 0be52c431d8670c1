/** The description of the API, to be read and tried in a browser. */
@NullMarked
package dev.runs.adapters.web.docs;

import org.jspecify.annotations.NullMarked;
