package dev.runs.domain.action;

import org.jspecify.annotations.Nullable;

/**
 * What started a run, if nobody did by hand.
 *
 * @param revision counted from 1
 * @param type what kind of trigger it is, such as {@code TYPE_SCHEDULE}; null when unknown
 * @param automation when and how it starts runs; null when unknown
 */
public record TriggerFacts(
    TriggerName name, long revision, @Nullable String type, @Nullable Document automation) {}
