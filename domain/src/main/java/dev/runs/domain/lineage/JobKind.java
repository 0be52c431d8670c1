package dev.runs.domain.lineage;

import java.util.Optional;

/**
 * What kind of job it is; each text has 1 to {@value #MOST_CHARACTERS} characters.
 *
 * @param processing such as {@code BATCH}
 * @param integration who reports, such as {@code AIRFLOW}
 * @param type in the words of the integration, such as {@code DAG}
 */
public record JobKind(String processing, String integration, Optional<String> type) {

  public static final int MOST_CHARACTERS = 255;

  /**
   * @throws LineageRejected.BadText when a text is too short or too long
   */
  public JobKind {
    LineageText.check("processingType", processing, MOST_CHARACTERS);
    LineageText.check("integration", integration, MOST_CHARACTERS);
    type.ifPresent(text -> LineageText.check("jobType", text, MOST_CHARACTERS));
  }
}
