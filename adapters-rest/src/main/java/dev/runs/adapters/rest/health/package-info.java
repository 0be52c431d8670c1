/** Whether the service is alive and can work. */
@NullMarked
package dev.runs.adapters.rest.health;

import org.jspecify.annotations.NullMarked;
