package dev.runs.adapters.rest.run;

import dev.runs.adapters.rest.json.CanonicalJson;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.application.run.NewRun;
import dev.runs.application.run.NewRun.Parent;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.queue.JobKey;
import dev.runs.domain.queue.JobLimits;
import dev.runs.domain.queue.JobRequest;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.queue.Priority;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads runs that are to wait in the queue. What is wrong is noted. */
final class NewJobs {

  private static final String KIND = "kind";
  private static final String KEY = "idempotencyKey";
  private static final String SCHEDULED_AT = "scheduledAt";

  /** What runs of the tracker have and these have not. */
  private static final List<String> OF_TRACKED_RUNS =
      List.of("serviceName", "taskName", "clerkOrgId", "appId", "userId", "clerkUserId");

  private final InstantSource clock;

  NewJobs(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether a run is to wait, and is not one that its client has begun elsewhere. */
  static boolean isMeant(Fields fields) {
    return fields.has(KIND);
  }

  /**
   * @param acting the organization of a run that names none
   * @param header the key in the header of the request; it and the one in the body must not differ
   * @param parent reads the parent
   */
  Optional<NewRun> read(
      Fields fields,
      OrganizationId acting,
      Optional<String> header,
      Function<Fields, Optional<Parent>> parent) {
    OF_TRACKED_RUNS.stream()
        .filter(fields::has)
        .forEach(name ->
            fields.refuse(
                name, name + " and kind exclude each other: a run waits here or runs elsewhere"));
    var organization = fields.uuid("organizationId").map(OrganizationId::new).orElse(acting);
    var kind = fields.made(KIND, fields.required(KIND, fields.text(KIND)), Kind::new);
    var input =
        fields.made(
            "input",
            fields.has("input") ? fields.document("input") : Optional.of("{}"),
            Payload::new);
    var project = fields.made("projectId", fields.text("projectId"), ProjectRef::of);
    var maxAttempts = fields.whole("maxAttempts", 1, JobLimits.MOST_ATTEMPTS).map(Long::intValue);
    var priority =
        fields
            .whole("priority", Priority.LOWEST, Priority.HIGHEST)
            .map(value -> new Priority(value.intValue()))
            .orElse(Priority.USUAL);
    var scheduledAt = scheduledAt(fields);
    var timeout =
        fields
            .whole(
                "timeout",
                JobLimits.SHORTEST_TIMEOUT.toSeconds(),
                JobLimits.LONGEST_TIMEOUT.toSeconds())
            .map(Duration::ofSeconds);
    var key = key(fields, header);
    var above = parent.apply(fields);
    if (!fields.faults().isEmpty()) {
      return Optional.empty();
    }
    var request =
        new JobRequest(
            kind.orElseThrow(),
            input.orElseThrow(),
            maxAttempts,
            priority,
            scheduledAt,
            timeout,
            key,
            CanonicalJson.hashWithout(fields.object(), KEY),
            Optional.empty());
    return Optional.of(NewRun.queued(organization, project, above, request, fields.input()));
  }

  private Optional<Instant> scheduledAt(Fields fields) {
    var at = fields.instant(SCHEDULED_AT);
    if (at.isPresent() && at.get().isAfter(clock.instant().plus(JobLimits.FARTHEST_SCHEDULE))) {
      fields.refuse(
          SCHEDULED_AT,
          "scheduledAt lies at most %d days ahead".formatted(JobLimits.FARTHEST_SCHEDULE.toDays()));
    }
    return at;
  }

  private static Optional<JobKey> key(Fields fields, Optional<String> header) {
    var inBody = fields.text(KEY);
    if (inBody.isPresent() && header.isPresent() && !inBody.equals(header)) {
      fields.refuse(KEY, "idempotencyKey and the header Idempotency-Key differ");
      return Optional.empty();
    }
    return fields.made(KEY, inBody.or(() -> header), JobKey::new);
  }
}
