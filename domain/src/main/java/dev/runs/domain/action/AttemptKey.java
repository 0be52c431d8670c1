package dev.runs.domain.action;

import dev.runs.domain.run.RunId;

/**
 * One attempt of one run.
 *
 * @param number counted from 1
 */
public record AttemptKey(RunId run, int number) implements Comparable<AttemptKey> {

  @Override
  public int compareTo(AttemptKey other) {
    var byRun = run.compareTo(other.run);
    return byRun != 0 ? byRun : Integer.compare(number, other.number);
  }
}
