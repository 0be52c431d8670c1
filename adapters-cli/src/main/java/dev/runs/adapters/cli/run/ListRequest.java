package dev.runs.adapters.cli.run;

import java.time.Instant;
import java.util.Optional;

/**
 * Which runs are to be listed, newest first; what is empty does not narrow.
 *
 * @param project by id or slug
 * @param state as the API names it
 * @param since the earliest creation, included
 * @param before the end of creation, not included
 * @param cursor where the list before this one ended
 * @param limit 1 to 100
 */
record ListRequest(
    Optional<String> project,
    Optional<String> state,
    Optional<String> kind,
    Optional<Instant> since,
    Optional<Instant> before,
    Optional<String> cursor,
    int limit) {}
