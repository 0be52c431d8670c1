package dev.runs.adapters.cli.run;

import dev.runs.adapters.cli.connection.CommandFailed;
import dev.runs.adapters.cli.connection.Documents;
import dev.runs.adapters.cli.connection.LocalInstallation;
import dev.runs.adapters.cli.connection.Mode;
import dev.runs.application.Receipt;
import dev.runs.application.run.NewRun;
import dev.runs.application.run.NewRun.Parent;
import dev.runs.application.run.RunFilter;
import dev.runs.application.run.RunList;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.JobKey;
import dev.runs.domain.queue.JobLimits;
import dev.runs.domain.queue.JobRequest;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.queue.Priority;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs of the installation that this process has opened. */
final class LocalRunDesk implements RunDesk {

  /** How many batches of a cancellation are waited for, as over HTTP; the rest is for a server. */
  private static final int BATCHES = 10;

  private static final Pattern ID =
      Pattern.compile("\\p{XDigit}{8}-(?:\\p{XDigit}{4}-){3}\\p{XDigit}{12}");

  private static final Listed NONE = new Listed(List.of(), Optional.empty());

  private final LocalInstallation here;

  LocalRunDesk(LocalInstallation here) {
    this.here = here;
  }

  @Override
  public Mode mode() {
    return Mode.LOCAL;
  }

  @Override
  public Enqueued enqueue(EnqueueRequest request) {
    var json = request.json();
    var job =
        new JobRequest(
            new Kind(request.kind()),
            input(request),
            request.maxAttempts(),
            request.priority().map(Priority::new).orElse(Priority.USUAL),
            request.scheduledAt().map(this::checked),
            request.timeout(),
            request.key().map(JobKey::new),
            here.requests().fingerprint(json),
            Optional.empty());
    var made =
        here.createRuns()
            .create(
                here.caller(),
                NewRun.queued(
                    here.caller().organization(),
                    request.project().map(ProjectRef::of),
                    request.parent().map(LocalRunDesk::id).map(Parent.Existing::new),
                    job,
                    here.requests().given(json)),
                Receipt.none());
    var facts = here.describeRuns().of(made.run(), made.job());
    return new Enqueued(RunDocument.of(made.run(), facts), made.isNew());
  }

  @Override
  public RunDocument show(String id) {
    return RunDocument.of(here.showRun().show(here.caller(), id(id)));
  }

  @Override
  public Listed list(ListRequest request) {
    var project = request.project().map(ProjectRef::of);
    var slug = project.flatMap(ref -> here.listRuns().project(here.caller().organization(), ref));
    if (project.isPresent() && slug.isEmpty()) {
      return NONE;
    }
    var page =
        here.listRuns()
            .byCreation(
                here.caller(),
                filter(request, slug),
                RunList.Order.NEWEST_FIRST,
                request.cursor(),
                request.limit());
    return new Listed(
        page.items().stream().map(line -> RunDocument.of(line.run(), line.facts())).toList(),
        page.next());
  }

  @Override
  public RunDocument cancel(String id) {
    var run = here.cancelRuns().cancel(here.caller(), id(id), BATCHES);
    return RunDocument.of(run, here.describeRuns().of(run));
  }

  @Override
  public RunDocument retry(String id) {
    var made = here.retryRun().retry(here.caller(), id(id), Receipt.none());
    return RunDocument.of(made.run(), here.describeRuns().of(made.run(), made.job()));
  }

  @Override
  public void close() {
    here.close();
  }

  private Payload input(EnqueueRequest request) {
    request
        .input()
        .flatMap(here.requests()::fault)
        .ifPresent(fault -> {
          throw CommandFailed.refused("request.invalid", "input " + fault + ".");
        });
    return new Payload(request.input().map(Documents::text).orElse("{}"));
  }

  private Instant checked(Instant scheduledAt) {
    if (scheduledAt.isAfter(here.clock().instant().plus(JobLimits.FARTHEST_SCHEDULE))) {
      throw CommandFailed.refused(
          "request.invalid",
          "scheduledAt lies at most %d days ahead."
              .formatted(JobLimits.FARTHEST_SCHEDULE.toDays()));
    }
    return scheduledAt;
  }

  private static RunFilter filter(ListRequest request, Optional<Slug> project) {
    var kind = request.kind().map(Kind::new);
    return new RunFilter(
            kind.map(_ -> Kind.SERVICE),
            kind.map(Kind::value),
            Optional.empty(),
            request.state().map(LocalRunDesk::state).map(Set::of).orElse(Set.of()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty())
        .narrowedTo(project, request.since(), request.before());
  }

  private static StateName state(String word) {
    return StateName.ofWireName(word)
        .orElseThrow(() ->
            CommandFailed.refused(
                "request.invalid",
                "There is no state '%s'; there are %s."
                    .formatted(
                        word,
                        Arrays.stream(StateName.values())
                            .map(StateName::wireName)
                            .collect(Collectors.joining(", ")))));
  }

  private static RunId id(String text) {
    if (!ID.matcher(text).matches()) {
      throw CommandFailed.refused("request.invalid", "The id of a run is a UUID.");
    }
    return new RunId(UUID.fromString(text));
  }
}
