package dev.runs.domain.action;

import org.jspecify.annotations.Nullable;

/**
 * The task of an action, without its specification.
 *
 * @param specDigest the {@link Document#digest()} of the specification; null when there is none
 */
public record TaskFacts(
    TaskId id,
    @Nullable String type,
    @Nullable String shortName,
    @Nullable String environment,
    @Nullable String function,
    @Nullable String specDigest) {}
