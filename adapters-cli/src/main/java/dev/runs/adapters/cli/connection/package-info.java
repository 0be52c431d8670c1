/** Where an installation of the service is, here or elsewhere, and how it is spoken to. */
@NullMarked
package dev.runs.adapters.cli.connection;

import org.jspecify.annotations.NullMarked;
