package dev.runs.adapters.rpc.access;

import dev.runs.adapters.rpc.protocol.Call;
import dev.runs.adapters.rpc.protocol.RpcCode;
import dev.runs.adapters.rpc.protocol.RpcException;
import dev.runs.application.Caller;
import dev.runs.application.access.IdentifyCaller;
import dev.runs.application.access.NameOrganizations;
import dev.runs.application.access.RegisterOrganization;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import java.util.Optional;

/**
 * Says in which organization a call acts. A message may name one by its external id; without a name
 * it is the caller's own, and for a platform key the one of the header {@code X-Organization-Id} or
 * of the configuration.
 */
public final class Callers {

  private final IdentifyCaller identifyCaller;
  private final NameOrganizations names;
  private final RegisterOrganization registerOrganization;
  private final Optional<ExternalId> usual;

  /**
   * @param usual where platform keys act that name no organization; nothing for {@code default}
   */
  public Callers(
      IdentifyCaller identifyCaller,
      NameOrganizations names,
      RegisterOrganization registerOrganization,
      Optional<ExternalId> usual) {
    this.identifyCaller = identifyCaller;
    this.names = names;
    this.registerOrganization = registerOrganization;
    this.usual = usual;
  }

  /**
   * The caller, who acts in an organization that exists.
   *
   * @param organization its external id; empty for the caller's own
   * @throws RpcException when it is another one than the caller's, or there is none of this name
   */
  public Caller in(Call call, String organization) {
    if (organization.isEmpty()) {
      return own(call);
    }
    var id = checked(call, organization).or(() -> names.find(new ExternalId(organization)));
    return as(call, id.orElseThrow(() -> unknown(organization)));
  }

  /** As {@link #in}, but a platform key makes the organization when there is none of its name. */
  public Caller founding(Call call, String organization) {
    if (organization.isEmpty()) {
      return own(call);
    }
    var id =
        checked(call, organization)
            .or(() -> names.find(new ExternalId(organization)))
            .orElseGet(() -> registerOrganization.ensured(new ExternalId(organization)).id());
    return as(call, id);
  }

  /** What an organization is called outside. */
  public String nameOf(OrganizationId organization) {
    return names.nameOf(organization).value();
  }

  private Caller own(Call call) {
    var named = call.namedOrganization();
    var acts =
        named.isEmpty() && call.access().reach() instanceof Reach.Everywhere
            ? usual.map(name -> names.find(name).orElseThrow(() -> unknown(name.value())))
            : named;
    return as(call, acts);
  }

  private Caller as(Call call, OrganizationId organization) {
    return as(call, Optional.of(organization));
  }

  private Caller as(Call call, Optional<OrganizationId> organization) {
    return identifyCaller.caller(call.access(), organization, call.origin());
  }

  /** The organization to which the caller is bound; nothing for a platform key. */
  private Optional<OrganizationId> checked(Call call, String organization) {
    if (call.access().reach() instanceof Reach.Within(var own, _)) {
      if (!nameOf(own).equals(organization)) {
        throw new RpcException(
            RpcCode.PERMISSION_DENIED,
            "The key belongs to the organization " + nameOf(own) + ", not to " + organization);
      }
      return Optional.of(own);
    }
    return Optional.empty();
  }

  private static RpcException unknown(String organization) {
    return new RpcException(RpcCode.NOT_FOUND, "There is no organization " + organization);
  }
}
