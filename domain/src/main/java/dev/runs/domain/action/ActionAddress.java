package dev.runs.domain.action;

import dev.runs.domain.run.RunName;

/**
 * Where an action is found by names.
 *
 * @param run the root of its tree
 * @param name 1 to 30 characters; {@code a0} is the root itself
 */
public record ActionAddress(RunAddress run, String name) implements Comparable<ActionAddress> {

  /**
   * @throws ActionRejected.BadName when the name is empty or too long
   */
  public ActionAddress {
    ActionRejected.BadName.check("action", name, RunName.MOST_CHARACTERS);
  }

  public boolean isRoot() {
    return name.equals(RunName.ROOT_ACTION);
  }

  @Override
  public int compareTo(ActionAddress other) {
    var byRun = run.compareTo(other.run);
    return byRun != 0 ? byRun : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return run + "/" + name;
  }
}
