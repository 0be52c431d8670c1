package dev.runs.domain.action;

/**
 * Which task an action executes, as whoever made it named it.
 *
 * @param organization as it was given; need not be one that is known here
 * @param name 1 to 255 characters; cut there when longer
 * @param version may be empty
 */
public record TaskId(
    String organization, String project, String domain, String name, String version) {

  /** The most characters of a task's name. */
  public static final int MOST_CHARACTERS = 255;

  /**
   * @throws ActionRejected.BadName when the name is empty or another part too long
   */
  public TaskId {
    name = name.length() <= MOST_CHARACTERS ? name : name.substring(0, MOST_CHARACTERS);
    ActionRejected.BadName.check("task name", name, MOST_CHARACTERS);
    ActionRejected.BadName.checkLongest("task organization", organization, MOST_CHARACTERS);
    ActionRejected.BadName.checkLongest("task project", project, MOST_CHARACTERS);
    ActionRejected.BadName.checkLongest("task domain", domain, MOST_CHARACTERS);
    ActionRejected.BadName.checkLongest("task version", version, MOST_CHARACTERS);
  }
}
