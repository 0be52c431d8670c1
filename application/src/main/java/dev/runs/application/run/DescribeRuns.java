package dev.runs.application.run;

import dev.runs.application.access.Projects;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Project;
import dev.runs.domain.access.ProjectId;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.Job;
import dev.runs.domain.run.Dispatch;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Finds what runs are shown with. */
public final class DescribeRuns {

  /** How long it is believed which project a slug names; it changes when one is made anew. */
  private static final Duration BELIEVED = Duration.ofSeconds(5);

  private static final int MOST_KNOWN = 10_000;

  private record Named(OrganizationId organization, Slug slug) {}

  private record Known(ProjectId project, Instant until) {}

  private final Projects projects;
  private final RunJobs jobs;
  private final InstantSource clock;
  private final Map<Named, Known> known = new ConcurrentHashMap<>();

  public DescribeRuns(Projects projects, RunJobs jobs, InstantSource clock) {
    this.projects = projects;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** By run. */
  public Map<RunId, RunFacts> of(Collection<Run> runs) {
    var queued =
        runs.stream().filter(run -> run.dispatch() == Dispatch.QUEUED).map(Run::id).toList();
    var jobOf = queued.isEmpty() ? Map.<RunId, Job>of() : jobs.findAll(queued);
    var facts = new HashMap<RunId, RunFacts>();
    for (var run : runs) {
      facts.put(run.id(), of(run, Optional.ofNullable(jobOf.get(run.id()))));
    }
    return facts;
  }

  public RunFacts of(Run run) {
    return Objects.requireNonNull(of(List.of(run)).get(run.id()), "each run has facts");
  }

  /** Of a run whose job is known. */
  public RunFacts of(Run run, Optional<Job> job) {
    return new RunFacts(project(run.organization(), run.space().project()), job);
  }

  /** The project of runs that name none has the id of its organization. */
  private ProjectId project(OrganizationId organization, Slug slug) {
    if (slug.equals(Slug.DEFAULT)) {
      return new ProjectId(organization.value());
    }
    var named = new Named(organization, slug);
    var now = clock.instant();
    var remembered = known.get(named);
    if (remembered != null && now.isBefore(remembered.until())) {
      return remembered.project();
    }
    var found =
        projects
            .find(organization, new ProjectRef.BySlug(slug))
            .map(Project::id)
            .orElseThrow(() -> new IllegalStateException("runs are in no project " + slug));
    if (known.size() >= MOST_KNOWN) {
      known.clear();
    }
    known.put(named, new Known(found, now.plus(BELIEVED)));
    return found;
  }
}
