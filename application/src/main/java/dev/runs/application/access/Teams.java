package dev.runs.application.access;

import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Team;
import dev.runs.domain.access.TeamId;
import java.util.List;
import java.util.Optional;

/** The teams of organizations. */
public interface Teams {

  /**
   * @throws AccessRejected.TeamNameTaken when the organization has a team of this name
   */
  void add(Team team);

  /** Finds nothing when the team is beyond the caller's reach. */
  Optional<Team> find(Reach reach, TeamId id);

  /**
   * Newest first.
   *
   * @param beginning how their names begin, letter by letter; empty for all
   * @param after the team behind which to go on; nothing for the first page
   */
  List<Team> list(OrganizationId organization, String beginning, Optional<TeamId> after, int limit);

  /**
   * Replaces the name of a team.
   *
   * @throws AccessRejected.TeamNameTaken when the organization has another team of this name
   */
  void save(Team team);

  /** Removes the team with its keys. */
  void remove(TeamId id);

  default Team get(Reach reach, TeamId id) {
    return find(reach, id).orElseThrow(AccessRejected.TeamNotFound::new);
  }
}
