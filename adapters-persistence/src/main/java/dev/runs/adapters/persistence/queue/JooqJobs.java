package dev.runs.adapters.persistence.queue;

import static dev.runs.adapters.persistence.generated.Tables.JOB;
import static dev.runs.adapters.persistence.generated.Tables.RUN_PAYLOAD;
import static org.jooq.impl.DSL.val;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.Dialect.Violation;
import dev.runs.adapters.persistence.OwnedNames;
import dev.runs.adapters.persistence.generated.tables.records.JobRecord;
import dev.runs.adapters.persistence.generated.tables.records.RunPayloadRecord;
import dev.runs.application.queue.Jobs;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.JobKey;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.queue.LeaseToken;
import dev.runs.domain.queue.OutputRef;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.queue.Priority;
import dev.runs.domain.queue.WorkerId;
import dev.runs.domain.run.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** Keeps jobs in the table {@code job} and what they are given in {@code run_payload}. */
public final class JooqJobs implements Jobs {

  /** All that can be different in a later version of a job. */
  private static final List<Field<?>> CHANGING =
      List.of(
          JOB.MAX_ATTEMPTS,
          JOB.SPENT_ATTEMPTS,
          JOB.PRIORITY,
          JOB.SCHEDULED_AT,
          JOB.TIMEOUT_MS,
          JOB.CLAIMED_BY,
          JOB.CLAIMED_AT,
          JOB.CANCEL_REQUESTED_AT,
          JOB.OUTPUT_REF,
          JOB.ERROR,
          JOB.REPORTED_BY);

  /** So that two who add the same keys never wait for each other in a circle. */
  private static final Comparator<NewJob> BY_KEY =
      Comparator.comparing((NewJob added) -> added.organization().value())
          .thenComparing(added -> added.job().key().map(JobKey::value).orElse(""));

  private final Database database;

  public JooqJobs(Database database) {
    this.database = database;
  }

  @Override
  public void addAll(List<NewJob> jobs) {
    try {
      database.add(jobs.stream().sorted(BY_KEY).map(JooqJobs::toRow).toList());
    } catch (DataAccessException e) {
      throw database.dialect().violation(e) == Violation.UNIQUE ? new KeyTaken(e) : e;
    }
    database.add(jobs.stream().map(JooqJobs::toPayloadRow).toList());
  }

  @Override
  public Map<RunId, Job> findAll(Collection<RunId> runs) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    return database
        .db()
        .selectFrom(JOB)
        .where(JOB.RUN_ID.in(runs.stream().map(RunId::value).toList()))
        .fetchMap(found -> new RunId(found.getRunId()), JooqJobs::toJob);
  }

  @Override
  public Map<OwnedKey, Job> findAllByKey(Collection<OwnedKey> keys) {
    var found = new HashMap<OwnedKey, Job>();
    for (var some :
        OwnedNames.anyOf(
            JOB.ORGANIZATION_ID,
            JOB.IDEMPOTENCY_KEY,
            keys,
            key -> key.organization().value(),
            key -> key.key().value())) {
      found.putAll(
          database.db().selectFrom(JOB).where(some).fetchMap(JooqJobs::ownedKey, JooqJobs::toJob));
    }
    return found;
  }

  private static OwnedKey ownedKey(JobRecord row) {
    return new OwnedKey(
        new OrganizationId(row.getOrganizationId()), new JobKey(row.getIdempotencyKey()));
  }

  /** In the order of the ids, so that two writers never wait for each other in a circle. */
  @Override
  public void saveAll(List<Job> jobs) {
    if (jobs.isEmpty()) {
      return;
    }
    var db = database.db();
    var batch =
        db.batch(
            db.update(JOB)
                .set(Database.unknown(CHANGING))
                .where(JOB.RUN_ID.eq(val(null, JOB.RUN_ID))));
    for (var job : jobs.stream().sorted(Comparator.comparing(Job::run)).toList()) {
      var changed = toRow(job);
      var values = new ArrayList<@Nullable Object>();
      CHANGING.forEach(column -> values.add(changed.get(column)));
      values.add(job.run().value());
      batch = batch.bind(values.toArray());
    }
    batch.execute();
  }

  @Override
  public Map<RunId, Payloads> payloads(Collection<RunId> runs) {
    if (runs.isEmpty()) {
      return Map.of();
    }
    return database
        .db()
        .selectFrom(RUN_PAYLOAD)
        .where(RUN_PAYLOAD.RUN_ID.in(runs.stream().map(RunId::value).toList()))
        .fetchMap(
            found -> new RunId(found.getRunId()),
            found ->
                new Payloads(
                    new Payload(found.getInput().data()),
                    Optional.ofNullable(found.getOutput()).map(JSON::data).map(Payload::new)));
  }

  @Override
  public void addOutput(RunId run, Payload output) {
    database
        .db()
        .update(RUN_PAYLOAD)
        .set(RUN_PAYLOAD.OUTPUT, JSON.valueOf(output.json()))
        .where(RUN_PAYLOAD.RUN_ID.eq(run.value()))
        .and(RUN_PAYLOAD.OUTPUT.isNull())
        .execute();
  }

  private static JobRecord toRow(NewJob added) {
    var row = toRow(added.job());
    row.setOrganizationId(added.organization().value());
    return row;
  }

  /** Every column is set but the organization's, which a job does not know. */
  private static JobRecord toRow(Job job) {
    var row = new JobRecord();
    row.setRunId(job.run().value());
    row.setKind(job.kind().value());
    row.setMaxAttempts(job.maxAttempts());
    row.setSpentAttempts(job.spentAttempts());
    row.setPriority(job.priority().value());
    row.setScheduledAt(job.scheduledAt().orElse(null));
    row.setTimeoutMs(job.timeout().map(Duration::toMillis).orElse(null));
    row.setIdempotencyKey(job.key().map(JobKey::value).orElse(null));
    row.setFingerprint(job.fingerprint());
    row.setClaimedBy(job.claim().map(claim -> claim.worker().value()).orElse(null));
    row.setClaimedAt(job.claim().map(Job.Claim::at).orElse(null));
    row.setCancelRequestedAt(job.cancelRequestedAt().orElse(null));
    row.setOutputRef(job.outputRef().map(OutputRef::value).orElse(null));
    row.setError(job.error().orElse(null));
    row.setReportedBy(job.reportedBy().map(LeaseToken::value).orElse(null));
    row.setRetryOf(job.retryOf().map(RunId::value).orElse(null));
    return row;
  }

  private static RunPayloadRecord toPayloadRow(NewJob added) {
    var row = new RunPayloadRecord();
    row.setRunId(added.job().run().value());
    row.setInput(JSON.valueOf(added.input().json()));
    return row;
  }

  private static Job toJob(JobRecord row) {
    return new Job(
        new RunId(row.getRunId()),
        new Kind(row.getKind()),
        row.getMaxAttempts(),
        row.getSpentAttempts(),
        new Priority(row.getPriority()),
        Optional.ofNullable(row.getScheduledAt()),
        Optional.ofNullable(row.getTimeoutMs()).map(Duration::ofMillis),
        Optional.ofNullable(row.getIdempotencyKey()).map(JobKey::new),
        row.getFingerprint(),
        Optional.ofNullable(row.getClaimedBy())
            .map(worker ->
                new Job.Claim(
                    new WorkerId(worker),
                    Objects.requireNonNull(row.getClaimedAt(), "a claim has its time"))),
        Optional.ofNullable(row.getCancelRequestedAt()),
        Optional.ofNullable(row.getOutputRef()).map(OutputRef::new),
        Optional.ofNullable(row.getError()),
        Optional.ofNullable(row.getReportedBy()).map(LeaseToken::new),
        Optional.ofNullable(row.getRetryOf()).map(RunId::new));
  }
}
