package dev.runs.application.access;

import dev.runs.domain.access.Person;
import dev.runs.domain.access.Role;

/** A person as one organization knows them. */
public record Member(Person person, Role role) {}
