package dev.runs.application.run;

import dev.runs.domain.access.Slug;
import dev.runs.domain.access.UserId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs of an organization are meant; what is empty does not narrow.
 *
 * @param project the only one
 * @param states any of these; empty means any state
 * @param createdFrom the earliest creation, included
 * @param createdBefore the end of creation, not included
 * @param startedFrom the earliest start, included
 * @param startedTo the latest start, included
 */
public record RunFilter(
    Optional<String> service,
    Optional<String> task,
    Optional<UserId> user,
    Set<StateName> states,
    Optional<Instant> startedFrom,
    Optional<Instant> startedTo,
    Optional<RunId> parent,
    Optional<String> app,
    Optional<String> brand,
    Optional<String> campaign,
    Optional<Slug> project,
    Optional<Instant> createdFrom,
    Optional<Instant> createdBefore) {

  public static final RunFilter ALL =
      new RunFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** What the tracker's list can be narrowed by. */
  public RunFilter(
      Optional<String> service,
      Optional<String> task,
      Optional<UserId> user,
      Set<StateName> states,
      Optional<Instant> startedFrom,
      Optional<Instant> startedTo,
      Optional<RunId> parent,
      Optional<String> app,
      Optional<String> brand,
      Optional<String> campaign) {
    this(
        service,
        task,
        user,
        states,
        startedFrom,
        startedTo,
        parent,
        app,
        brand,
        campaign,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public RunFilter {
    states = Set.copyOf(states);
  }

  /** Narrowed further by what the tracker does not know. */
  public RunFilter narrowedTo(
      Optional<Slug> inProject, Optional<Instant> from, Optional<Instant> before) {
    return new RunFilter(
        service,
        task,
        user,
        states,
        startedFrom,
        startedTo,
        parent,
        app,
        brand,
        campaign,
        inProject,
        from,
        before);
  }

  /** Of this user. */
  public RunFilter of(UserId onlyUser) {
    return new RunFilter(
        service,
        task,
        Optional.of(onlyUser),
        states,
        startedFrom,
        startedTo,
        parent,
        app,
        brand,
        campaign,
        project,
        createdFrom,
        createdBefore);
  }
}
