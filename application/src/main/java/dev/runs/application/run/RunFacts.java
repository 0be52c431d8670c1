package dev.runs.application.run;

import dev.runs.domain.access.ProjectId;
import dev.runs.domain.queue.Job;
import java.util.Optional;

/**
 * What a run is shown with.
 *
 * @param project the one it is in
 * @param job what the queue knows of it; nothing when it is executed elsewhere
 */
public record RunFacts(ProjectId project, Optional<Job> job) {}
