/** How an organization is doing at a glance. */
@NullMarked
package dev.runs.application.overview;

import org.jspecify.annotations.NullMarked;
