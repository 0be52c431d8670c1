package dev.runs.adapters.persistence.idempotency;

import static dev.runs.adapters.persistence.generated.Tables.KEPT_ANSWER;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.generated.tables.records.KeptAnswerRecord;
import dev.runs.application.idempotency.KeptAnswers;
import dev.runs.domain.access.OrganizationId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import org.jooq.Condition;

/** Keeps answers in the table {@code kept_answer}. */
public final class JooqKeptAnswers implements KeptAnswers {

  private final Database database;

  public JooqKeptAnswers(Database database) {
    this.database = database;
  }

  @Override
  public boolean tryLock(Scope scope) {
    return database.dialect().tryLock(database.db(), numberOf(scope));
  }

  @Override
  public Optional<KeptAnswer> find(Scope scope, Instant oldest) {
    return database
        .db()
        .selectFrom(KEPT_ANSWER)
        .where(is(scope))
        .and(KEPT_ANSWER.CREATED_AT.ge(oldest))
        .fetchOptional(JooqKeptAnswers::toAnswer);
  }

  @Override
  public void keep(KeptAnswer answer) {
    var row = toRow(answer);
    database
        .db()
        .insertInto(KEPT_ANSWER)
        .set(row)
        .onConflict(KEPT_ANSWER.ORGANIZATION_ID, KEPT_ANSWER.IDEMPOTENCY_KEY)
        .doUpdate()
        .set(row)
        .execute();
  }

  @Override
  public int forget(Instant before, int most) {
    return database
        .db()
        .deleteFrom(KEPT_ANSWER)
        .where(
            row(KEPT_ANSWER.ORGANIZATION_ID, KEPT_ANSWER.IDEMPOTENCY_KEY)
                .in(
                    select(KEPT_ANSWER.ORGANIZATION_ID, KEPT_ANSWER.IDEMPOTENCY_KEY)
                        .from(KEPT_ANSWER)
                        .where(KEPT_ANSWER.CREATED_AT.lt(before))
                        .orderBy(KEPT_ANSWER.CREATED_AT)
                        .limit(most)))
        .execute();
  }

  private static Condition is(Scope scope) {
    return KEPT_ANSWER
        .ORGANIZATION_ID
        .eq(scope.organization().value())
        .and(KEPT_ANSWER.IDEMPOTENCY_KEY.eq(scope.key()));
  }

  /** Two scopes of one number would only refuse each other for a moment. */
  private static long numberOf(Scope scope) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var text = scope.organization() + "/" + scope.key();
      return ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static KeptAnswerRecord toRow(KeptAnswer answer) {
    var row = new KeptAnswerRecord();
    row.setOrganizationId(answer.scope().organization().value());
    row.setIdempotencyKey(answer.scope().key());
    row.setFingerprint(answer.fingerprint());
    row.setStatus(answer.status());
    row.setContentType(answer.contentType());
    row.setBody(answer.body());
    row.setCreatedAt(answer.at());
    return row;
  }

  private static KeptAnswer toAnswer(KeptAnswerRecord row) {
    return new KeptAnswer(
        new Scope(new OrganizationId(row.getOrganizationId()), row.getIdempotencyKey()),
        row.getFingerprint(),
        row.getStatus(),
        row.getContentType(),
        row.getBody(),
        row.getCreatedAt());
  }
}
