package dev.runs.domain.action;

/** What a trigger is called: its own name within a task of a project and domain. */
public record TriggerName(String project, String domain, String name, String task) {

  /**
   * @throws ActionRejected.BadName when a part is empty or too long
   */
  public TriggerName {
    ActionRejected.BadName.check("trigger project", project, RunAddress.MOST_CHARACTERS);
    ActionRejected.BadName.check("trigger domain", domain, RunAddress.MOST_CHARACTERS);
    ActionRejected.BadName.check("trigger name", name, TaskId.MOST_CHARACTERS);
    ActionRejected.BadName.check("trigger task", task, TaskId.MOST_CHARACTERS);
  }

  @Override
  public String toString() {
    return project + "/" + domain + "/" + task + "/" + name;
  }
}
