package dev.runs.domain.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who can sign in.
 *
 * @param login unique in the installation
 * @param name for people
 * @param passwordHash nothing for who signs in through a provider only
 * @param isPlatformAdmin whether everything may be done in every organization
 * @param mustChangePassword whether nothing may be done before the password is changed
 * @param subject who it is at the identity provider; nothing for a local account
 * @param disabledAt since when nobody signs in as this person
 * @param failedAttempts to sign in since the last one that succeeded
 * @param lockedUntil before it every attempt to sign in is refused
 */
public record Person(
    PersonId id,
    Login login,
    DisplayName name,
    Optional<PasswordHash> passwordHash,
    boolean isPlatformAdmin,
    boolean mustChangePassword,
    Optional<Subject> subject,
    Optional<Instant> disabledAt,
    int failedAttempts,
    Optional<Instant> lockedUntil,
    Instant createdAt,
    Instant updatedAt) {

  /** So many attempts may fail before the account is locked for a while. */
  public static final int FREE_ATTEMPTS = 5;

  /** For how long the last free attempt locks when it fails; each one after it doubles the time. */
  public static final Duration FIRST_LOCK = Duration.ofMinutes(1);

  /** For how long an account is locked at most. */
  public static final Duration LONGEST_LOCK = Duration.ofHours(1);

  /** Somebody who signs in with a password. */
  public static Person local(
      PersonId id,
      Login login,
      DisplayName name,
      PasswordHash hash,
      boolean mustChangePassword,
      boolean isPlatformAdmin,
      Instant now) {
    return new Person(
        id,
        login,
        name,
        Optional.of(hash),
        isPlatformAdmin,
        mustChangePassword,
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        now,
        now);
  }

  /** Somebody whom an identity provider knows. */
  public static Person external(
      PersonId id, Login login, DisplayName name, Subject subject, Instant now) {
    return new Person(
        id,
        login,
        name,
        Optional.empty(),
        false,
        false,
        Optional.of(subject),
        Optional.empty(),
        0,
        Optional.empty(),
        now,
        now);
  }

  public Principal principal() {
    return id.principal();
  }

  public boolean isDisabled() {
    return disabledAt.isPresent();
  }

  /** Whether attempts to sign in are refused at this moment. */
  public boolean isLockedAt(Instant now) {
    return lockedUntil.map(now::isBefore).orElse(false);
  }

  /**
   * The same person after one more attempt, which counts as failed until it has succeeded: so that
   * any number of attempts at once are counted before the first password is compared.
   */
  public Person attempted(Instant now) {
    var failures = Math.min(failedAttempts, Integer.MAX_VALUE - 1) + 1;
    var locked =
        failures < FREE_ATTEMPTS
            ? Optional.<Instant>empty()
            : Optional.of(now.plus(lock(failures)));
    return with(passwordHash, mustChangePassword, disabledAt, failures, locked, updatedAt);
  }

  /** The same person with another password, and with all attempts forgotten. */
  public Person withPassword(PasswordHash hash, boolean mustChange, Instant now) {
    return with(Optional.of(hash), mustChange, disabledAt, 0, Optional.empty(), now);
  }

  /** The same person, as whom nobody signs in any more. */
  public Person disabled(Instant now) {
    return isDisabled()
        ? this
        : with(
            passwordHash, mustChangePassword, Optional.of(now), failedAttempts, lockedUntil, now);
  }

  /** The same person, who signs in again. */
  public Person enabled(Instant now) {
    return isDisabled()
        ? with(passwordHash, mustChangePassword, Optional.empty(), 0, Optional.empty(), now)
        : this;
  }

  /** The same person under another name, with or without power over the installation. */
  public Person known(DisplayName newName, boolean platformAdmin, Instant now) {
    return name.equals(newName) && isPlatformAdmin == platformAdmin
        ? this
        : new Person(
            id,
            login,
            newName,
            passwordHash,
            platformAdmin,
            mustChangePassword,
            subject,
            disabledAt,
            failedAttempts,
            lockedUntil,
            createdAt,
            now);
  }

  private static Duration lock(int failures) {
    var doublings = Math.min(failures - FREE_ATTEMPTS, 20);
    var time = FIRST_LOCK.multipliedBy(1L << doublings);
    return time.compareTo(LONGEST_LOCK) < 0 ? time : LONGEST_LOCK;
  }

  private Person with(
      Optional<PasswordHash> hash,
      boolean mustChange,
      Optional<Instant> disabled,
      int failures,
      Optional<Instant> locked,
      Instant changedAt) {
    return new Person(
        id,
        login,
        name,
        hash,
        isPlatformAdmin,
        mustChange,
        subject,
        disabled,
        failures,
        locked,
        createdAt,
        changedAt);
  }
}
