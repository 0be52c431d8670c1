package dev.runs.domain.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time in which a browser is known.
 *
 * @param hash of the token that the browser shows
 * @param organization where the person chose to act; nothing before they choose
 * @param lastSeenAt to the minute, about
 * @param endsAt when it is over whatever happens
 * @param idleEndsAt when it is over unless the browser is seen before; never after endsAt
 */
public record WebSession(
    String hash,
    PersonId person,
    Optional<OrganizationId> organization,
    Instant createdAt,
    Instant lastSeenAt,
    Instant endsAt,
    Instant idleEndsAt) {

  /** After it a person signs in again. */
  public static final Duration LONGEST = Duration.ofHours(12);

  /** A browser that is not seen for so long is forgotten. */
  public static final Duration LONGEST_IDLE = Duration.ofHours(2);

  /** How exactly it is known when a browser was seen. */
  public static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  public static WebSession opened(
      SessionToken token, PersonId person, Optional<OrganizationId> organization, Instant now) {
    return new WebSession(
        token.hash(), person, organization, now, now, now.plus(LONGEST), now.plus(LONGEST_IDLE));
  }

  /** Whether nobody is known by it any more. */
  public boolean isOverAt(Instant now) {
    return !now.isBefore(idleEndsAt);
  }

  /** The same session, seen now; itself when it was noted a moment ago. */
  public WebSession seen(Instant now) {
    return now.isBefore(lastSeenAt.plus(NOTED_EVERY))
        ? this
        : new WebSession(hash, person, organization, createdAt, now, endsAt, idleEnd(now));
  }

  /** The same session, in another organization. */
  public WebSession in(OrganizationId chosen) {
    return new WebSession(
        hash, person, Optional.of(chosen), createdAt, lastSeenAt, endsAt, idleEndsAt);
  }

  private Instant idleEnd(Instant now) {
    var end = now.plus(LONGEST_IDLE);
    return end.isBefore(endsAt) ? end : endsAt;
  }
}
