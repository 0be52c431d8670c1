package dev.runs.bootstrap;

import dev.runs.bootstrap.settings.StartFailure;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import java.util.UUID;

/** Finds the organization that a setting opens to who shows no key. */
final class OpenOrganization {

  private OpenOrganization() {}

  /**
   * @param setting its name
   * @param named an id, or an external id, of which an organization is made when there is none
   * @throws StartFailure when there is no organization of this id
   */
  static OrganizationId find(String setting, String named, Platform platform) {
    try {
      var id = new OrganizationId(UUID.fromString(named));
      return platform
          .organizations()
          .find(id)
          .map(Organization::id)
          .orElseThrow(() -> new StartFailure(setting + " names no organization: " + named + "."));
    } catch (IllegalArgumentException notAnId) {
      return platform.registerOrganization().ensured(new ExternalId(named)).id();
    }
  }
}
