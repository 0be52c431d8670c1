package dev.runs.bootstrap.demo;

/** Counts what was made. */
final class Tally {

  private int runs;

  void add(int some) {
    runs += some;
  }

  int runs() {
    return runs;
  }
}
