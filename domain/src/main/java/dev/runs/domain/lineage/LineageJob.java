package dev.runs.domain.lineage;

/**
 * What is executed again and again, such as a DAG, a task or a model.
 *
 * @param namespace where its name is its own; 1 to {@value #MOST_CHARACTERS} characters
 * @param name 1 to {@value #MOST_CHARACTERS} characters
 */
public record LineageJob(String namespace, String name) {

  /** The most characters of a namespace, and of a name, of a job or a dataset. */
  public static final int MOST_CHARACTERS = 2_000;

  /**
   * @throws LineageRejected.BadText when a text is too short or too long
   */
  public LineageJob {
    LineageText.check("namespace", namespace, MOST_CHARACTERS);
    LineageText.check("name", name, MOST_CHARACTERS);
  }

  /**
   * Its name in at most {@value dev.runs.domain.pipeline.PipelineFacts#MOST_CHARACTERS} characters;
   * a longer one ends with a digest.
   */
  public String shortName() {
    return LineageText.shortened(name);
  }
}
