package dev.runs.application.access;

import dev.runs.domain.access.Password;
import dev.runs.domain.access.Person;
import dev.runs.domain.access.Role;
import java.util.Optional;

/**
 * A person who was just made.
 *
 * @param role in the organization in which the caller acts; nothing when none was given
 * @param oneTimePassword to be shown once and never again; nothing when one was given
 */
public record AddedPerson(Person person, Optional<Role> role, Optional<Password> oneTimePassword) {}
