package dev.runs.application.run;

import dev.runs.domain.queue.Job;
import dev.runs.domain.run.Run;
import java.util.Optional;

/**
 * A run that was asked for.
 *
 * @param job what the queue knows of it; nothing when it is executed elsewhere
 * @param isNew whether it was made now, and not when it was asked for before
 */
public record MadeRun(Run run, Optional<Job> job, boolean isNew) {}
