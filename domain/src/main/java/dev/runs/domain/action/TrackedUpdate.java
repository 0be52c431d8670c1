package dev.runs.domain.action;

import org.jspecify.annotations.Nullable;

/**
 * What somebody who drives a whole run says of one of its actions.
 *
 * @param action makes the action if it is not there; null to wait until it is
 * @param status null when only the attempt is spoken of; then an event that ends the attempt also
 *     ends an action of which no status was ever sent
 */
public record TrackedUpdate(
    @Nullable NewAction action, ActionEvent event, @Nullable StatusReport status) {}
