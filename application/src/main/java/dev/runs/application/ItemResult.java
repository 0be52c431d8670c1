package dev.runs.application;

import dev.runs.domain.Rejection;

/** What became of one item of a batch whose items stand each for itself. */
public sealed interface ItemResult<T> {

  record Done<T>(T value) implements ItemResult<T> {}

  record Refused<T>(Rejection rejection) implements ItemResult<T> {}
}
