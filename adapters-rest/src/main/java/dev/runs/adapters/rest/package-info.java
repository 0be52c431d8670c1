/** The service over HTTP, as JSON. */
@NullMarked
package dev.runs.adapters.rest;

import org.jspecify.annotations.NullMarked;
