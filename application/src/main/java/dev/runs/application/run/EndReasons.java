package dev.runs.application.run;

import dev.runs.domain.access.Principal;
import dev.runs.domain.run.RunId;
import java.util.Collection;
import java.util.Map;

/** Why runs were canceled, where somebody said so. */
public interface EndReasons {

  /** What was said, and by whom. */
  record EndReason(String text, Principal by) {}

  /** Takes note of one reason for all of these runs; what was said first stays. */
  void addAll(Collection<RunId> runs, String text, Principal by);

  /** What was said of these runs; of some nothing was. */
  Map<RunId, EndReason> findAll(Collection<RunId> runs);
}
