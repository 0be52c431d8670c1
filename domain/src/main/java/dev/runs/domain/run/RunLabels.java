package dev.runs.domain.run;

import org.jspecify.annotations.Nullable;

/**
 * What the tracker's later clients say a run was made for. <em>Source: the later form of the cost
 * tracker, in which {@code appId} is required.</em>
 *
 * @param app null on a run made in the tracker's first form
 */
public record RunLabels(@Nullable String app, @Nullable String brand, @Nullable String campaign) {

  /** The most characters a label may have. */
  public static final int MOST_CHARACTERS = 255;

  public static final RunLabels NONE = new RunLabels(null, null, null);

  public RunLabels {
    check("appId", app);
    check("brandId", brand);
    check("campaignId", campaign);
  }

  private static void check(String field, @Nullable String value) {
    if (value != null && (value.isEmpty() || value.length() > MOST_CHARACTERS)) {
      throw new RunRejected.BadField(field, 1, MOST_CHARACTERS, value.length());
    }
  }
}
