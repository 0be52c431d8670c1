package dev.runs.adapters.rpc.protocol;

import dev.runs.domain.access.Access;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import java.util.Optional;

/**
 * Who makes a call.
 *
 * @param access what they have been let in for
 * @param organization the one that the call names beside its message; nothing when it names none
 */
public record Admission(Access access, Origin origin, Optional<OrganizationId> organization) {}
