package dev.runs.application;

import java.util.List;

/**
 * A part of a list, and how many there are in all.
 *
 * @param total how many, up to {@value #FARTHEST}
 * @param isCapped whether there are more than that
 */
public record Counted<T>(List<T> items, int total, boolean isCapped) {

  /** So far is counted, for what is counted further takes longer than anybody waits. */
  public static final int FARTHEST = 10_000;

  public Counted {
    items = List.copyOf(items);
  }

  /**
   * @param counted how many there are, counted up to one more than {@value #FARTHEST}
   */
  public static <T> Counted<T> of(List<T> items, int counted) {
    return new Counted<>(items, Math.min(counted, FARTHEST), counted > FARTHEST);
  }
}
