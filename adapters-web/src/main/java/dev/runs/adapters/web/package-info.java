/** What the service shows in a browser. */
@NullMarked
package dev.runs.adapters.web;

import org.jspecify.annotations.NullMarked;
