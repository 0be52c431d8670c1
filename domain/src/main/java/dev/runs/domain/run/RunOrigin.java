package dev.runs.domain.run;

/**
 * Which service made a run, and for which of its tasks.
 *
 * @param service 1 to {@value #MOST_CHARACTERS} characters
 * @param task 1 to {@value #MOST_CHARACTERS} characters
 */
public record RunOrigin(String service, String task) {

  /** The most characters a service's or a task's name may have. */
  public static final int MOST_CHARACTERS = 255;

  public RunOrigin {
    check("serviceName", service);
    check("taskName", task);
  }

  private static void check(String field, String value) {
    if (value.isEmpty() || value.length() > MOST_CHARACTERS) {
      throw new RunRejected.BadField(field, 1, MOST_CHARACTERS, value.length());
    }
  }
}
