package dev.runs.application.access;

import dev.runs.application.Caller;
import dev.runs.application.Cursor;
import dev.runs.application.Page;
import dev.runs.application.RequestRejected;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Team;
import dev.runs.domain.access.TeamId;
import java.util.Optional;

/** Shows the teams of an organization. */
public final class ShowTeams {

  /** How many teams a page has at most. */
  public static final int LARGEST_PAGE = 100;

  private final Teams teams;

  public ShowTeams(Teams teams) {
    this.teams = teams;
  }

  /**
   * The teams of the organization in which the caller acts, newest first.
   *
   * @param beginning how their names begin, letter by letter; empty for all
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @throws RequestRejected.BadCursor when the cursor is none
   */
  public Page<Team> list(Caller caller, String beginning, Optional<String> cursor, int limit) {
    caller.require(Scope.KEYS_ADMIN);
    var after = cursor.map(Cursor::uuid).map(TeamId::new);
    return Page.cut(
        teams.list(caller.organization(), beginning, after, limit + 1),
        limit,
        team -> Cursor.of(team.id().toString()));
  }

  /**
   * @throws AccessRejected.TeamNotFound when the team is beyond the caller's reach
   */
  public Team show(Caller caller, TeamId id) {
    caller.require(Scope.KEYS_ADMIN);
    return teams.get(caller.reach(), id);
  }
}
