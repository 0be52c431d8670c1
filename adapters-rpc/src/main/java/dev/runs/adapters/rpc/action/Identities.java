package dev.runs.adapters.rpc.action;

import dev.runs.adapters.rpc.wire.common.AppSpec;
import dev.runs.adapters.rpc.wire.common.Application;
import dev.runs.adapters.rpc.wire.common.ApplicationIdentifier;
import dev.runs.adapters.rpc.wire.common.EnrichedIdentity;
import dev.runs.adapters.rpc.wire.common.User;
import dev.runs.adapters.rpc.wire.common.UserIdentifier;
import dev.runs.domain.access.Principal;

/** Who did something, as messages say it: a person is a user, a key an application. */
public final class Identities {

  private static final String PERSON = "person:";

  private Identities() {}

  /**
   * @param organization its external id
   */
  public static EnrichedIdentity of(Principal principal, String organization) {
    var subject = principal.value();
    if (subject.startsWith(PERSON)) {
      return EnrichedIdentity.newBuilder()
          .setUser(User.newBuilder().setId(UserIdentifier.newBuilder().setSubject(subject)))
          .build();
    }
    return EnrichedIdentity.newBuilder()
        .setApplication(
            Application.newBuilder()
                .setId(ApplicationIdentifier.newBuilder().setSubject(subject))
                .setSpec(AppSpec.newBuilder().setName(subject).setOrganization(organization)))
        .build();
  }
}
