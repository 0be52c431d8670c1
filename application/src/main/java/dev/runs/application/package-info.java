/** What the service does, use case by use case, and the ports it needs for that. */
@NullMarked
package dev.runs.application;

import org.jspecify.annotations.NullMarked;
