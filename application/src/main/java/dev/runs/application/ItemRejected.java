package dev.runs.application;

import dev.runs.domain.Rejection;

/** A whole batch refused because of one of its items. */
public final class ItemRejected extends Rejection {

  private final int index;
  private final Rejection rejection;

  /**
   * @param index of the item, counted from 0
   */
  public ItemRejected(int index, Rejection rejection) {
    super(rejection.reason(), rejection.code(), rejection.sentence());
    this.index = index;
    this.rejection = rejection;
    initCause(rejection);
  }

  public int index() {
    return index;
  }

  /** What was wrong with the item. */
  public Rejection rejection() {
    return rejection;
  }
}
