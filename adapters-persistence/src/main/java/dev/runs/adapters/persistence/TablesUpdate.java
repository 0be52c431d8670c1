package dev.runs.adapters.persistence;

import java.util.Optional;

/**
 * What was done to the tables when a database was opened.
 *
 * @param before their version until then; nothing when there were none
 * @param now their version since
 */
public record TablesUpdate(Optional<Integer> before, int now) {}
