package dev.runs.application.access;

/**
 * What was found under a key, or made.
 *
 * @param isNew whether this very call made it
 */
public record Upserted<T>(T value, boolean isNew) {}
