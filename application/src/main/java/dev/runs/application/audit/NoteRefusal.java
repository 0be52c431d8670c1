package dev.runs.application.audit;

import dev.runs.application.Ids;
import dev.runs.application.Transactions;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.ApiKeyText;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes down who was refused, after it has happened and in a transaction of its own. Nobody can
 * flood the log: of the same actor, address and route one refusal is noted in a {@link #SPAN}, and
 * of known callers as of unknown ones {@link #MOST_IN_SPAN} together. The next entry says how many
 * were left out.
 */
public final class NoteRefusal {

  /** In which time a refusal is noted once. */
  public static final Duration SPAN = Duration.ofMinutes(1);

  /** How many refusals of known callers, and as many of unknown ones, are noted in a span. */
  public static final int MOST_IN_SPAN = 60;

  private record Attempt(Principal actor, String address, String route) {}

  private final AuditTrail trail;
  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;
  private final Recent ofCallers = new Recent();
  private final Recent ofStrangers = new Recent();
  private final AtomicLong leftOut = new AtomicLong();

  public NoteRefusal(AuditTrail trail, Transactions transactions, Ids ids, InstantSource clock) {
    this.trail = trail;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Somebody known may not do what was asked for.
   *
   * @param route method and path as they are declared, without ids; at most 250 characters
   * @param code of the refusal
   */
  public void ofCaller(Access access, Origin origin, String route, String code) {
    var organization =
        access.reach() instanceof Reach.Within(var own, _)
            ? Optional.of(own)
            : Optional.<OrganizationId>empty();
    var attempt = new Attempt(access.principal(), origin.address(), route);
    note(ofCallers, attempt, organization, origin, Map.of("code", code));
  }

  /**
   * A key was not accepted. Of the key itself only what people may see of it is written down, and
   * that only when it has the form and the checksum of a key.
   *
   * @param route as above
   * @param code of the refusal
   */
  public void ofKey(String key, Origin origin, String route, String code) {
    var shown = ApiKeyText.hint(key).orElse("malformed");
    var attempt = new Attempt(Auditor.NOBODY, origin.address(), route);
    note(ofStrangers, attempt, Optional.empty(), origin, Map.of("code", code, "key", shown));
  }

  private void note(
      Recent recent,
      Attempt attempt,
      Optional<OrganizationId> organization,
      Origin origin,
      Map<String, String> facts) {
    var now = clock.instant();
    if (!recent.takes(attempt, now)) {
      leftOut.incrementAndGet();
      return;
    }
    var details = new HashMap<>(facts);
    var others = leftOut.getAndSet(0);
    if (others > 0) {
      details.put("leftOutBefore", Long.toString(others));
    }
    var entry =
        new AuditEntry(
            ids.next(),
            now,
            organization,
            attempt.actor(),
            AuditAction.ACCESS_REFUSED,
            "route:" + attempt.route(),
            origin,
            details);
    transactions.inTransaction(() -> {
      trail.add(entry);
      return entry;
    });
  }

  /** What was noted within the last span; never more than may be. */
  private static final class Recent {

    private final Map<Attempt, Instant> noted = new HashMap<>();

    synchronized boolean takes(Attempt attempt, Instant now) {
      noted.values().removeIf(at -> !now.isBefore(at.plus(SPAN)));
      return noted.size() < MOST_IN_SPAN && noted.putIfAbsent(attempt, now) == null;
    }
  }
}
