package dev.runs.application.access;

import dev.runs.domain.access.Person;
import dev.runs.domain.access.SessionToken;

/**
 * A session that has just begun.
 *
 * @param token for the browser alone, and never shown again
 */
public record StartedSession(Person person, SessionToken token) {}
