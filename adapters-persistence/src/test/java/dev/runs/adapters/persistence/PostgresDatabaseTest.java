package dev.runs.adapters.persistence;

import static dev.runs.adapters.persistence.generated.Tables.ORGANIZATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runs.application.AtOnce;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresDatabaseTest {

  @RegisterExtension static final EmptyDatabase DATABASE = Databases.postgres();

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** Each takes one row and then asks for the other's, so that one of them has to give way. */
  @Test
  void triesADeadlockedTransactionAgain() {
    var rows = new UUID[] {added("one"), added("two")};
    var haveBothTaken = new CyclicBarrier(2);
    var tries = new AtomicInteger();

    AtOnce.with(
        2,
        thread -> {
          var own = new AtomicInteger();
          return DATABASE
              .database()
              .inTransaction(() -> {
                tries.incrementAndGet();
                touch(rows[thread]);
                if (own.incrementAndGet() == 1) {
                  await(haveBothTaken);
                }
                return touch(rows[1 - thread]);
              });
        });

    assertThat(tries).hasValue(3);
    assertThat(touches()).containsExactly(NOON.plusSeconds(2), NOON.plusSeconds(2));
  }

  /** Failures are logged, and the driver would say which value was there already. */
  @Test
  void saysNothingOfARowThatCouldNotBeWritten() {
    var id = added("a-private-name");

    assertThatThrownBy(() ->
            DATABASE
                .database()
                .inTransaction(() ->
                    DATABASE
                        .database()
                        .db()
                        .execute(
                            "insert into organization select * from organization where id = ?",
                            id)))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("duplicate key")
        .hasMessageNotContaining(id.toString())
        .hasMessageNotContaining("a-private-name");
  }

  private static UUID added(String name) {
    var id = UUID.randomUUID();
    var organization = Organization.made(new OrganizationId(id), new ExternalId(name), NOON);
    DATABASE.stores().write(() -> DATABASE.stores().organizations().addUnlessThere(organization));
    return id;
  }

  /** A second later for each time. */
  private static int touch(UUID id) {
    return DATABASE
        .database()
        .db()
        .execute(
            "update organization set updated_at = updated_at + interval '1 second' where id = ?",
            id);
  }

  private static List<Instant> touches() {
    return DATABASE.database().db().selectFrom(ORGANIZATION).fetch(ORGANIZATION.UPDATED_AT);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }
}
