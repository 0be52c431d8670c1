package dev.runs.application.access;

import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Password;
import dev.runs.domain.access.Role;
import java.util.Optional;

/**
 * A person whom somebody asks for.
 *
 * @param role in the organization in which the caller acts; nothing for none
 * @param password nothing to have one made that must be changed at once
 */
public record NewPerson(
    Login login,
    DisplayName name,
    Optional<Role> role,
    boolean isPlatformAdmin,
    Optional<Password> password) {}
