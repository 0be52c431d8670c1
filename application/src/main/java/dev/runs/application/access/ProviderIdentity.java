package dev.runs.application.access;

import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Subject;
import java.util.Set;

/**
 * What an identity provider says of somebody.
 *
 * @param login what they would have as a login here
 * @param groups what they belong to there
 */
public record ProviderIdentity(Subject subject, Login login, DisplayName name, Set<String> groups) {

  public ProviderIdentity {
    groups = Set.copyOf(groups);
  }
}
