package dev.runs.application.access;

import dev.runs.application.Caller;
import dev.runs.application.Ids;
import dev.runs.application.Receipt;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Team;
import dev.runs.domain.access.TeamId;
import dev.runs.domain.audit.AuditAction;
import java.time.InstantSource;
import java.util.Map;

/** Makes, renames and deletes teams. */
public final class EditTeams {

  private final Teams teams;
  private final ApiKeys keys;
  private final Transactions transactions;
  private final Auditor auditor;
  private final Ids ids;
  private final InstantSource clock;

  public EditTeams(
      Teams teams,
      ApiKeys keys,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    this.teams = teams;
    this.keys = keys;
    this.transactions = transactions;
    this.auditor = auditor;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Makes a team in the organization in which the caller acts.
   *
   * @throws AccessRejected.TeamNameTaken when the organization has a team of this name
   */
  public Team create(Caller caller, DisplayName name, Receipt<Team> receipt) {
    caller.require(Scope.ORG_ADMIN);
    var now = clock.instant();
    var team = new Team(new TeamId(ids.next()), caller.organization(), name, now, now);
    return transactions.inTransaction(
        receipt,
        () -> {
          teams.add(team);
          note(caller, team, AuditAction.TEAM_CREATED);
          return team;
        });
  }

  /**
   * @throws AccessRejected.TeamNotFound when the team is beyond the caller's reach
   * @throws AccessRejected.TeamNameTaken when the organization has another team of this name
   */
  public Team rename(Caller caller, TeamId id, DisplayName name) {
    caller.require(Scope.ORG_ADMIN);
    return transactions.inTransaction(() -> {
      var before = teams.get(caller.reach(), id);
      var after = before.renamed(name, clock.instant());
      if (!after.equals(before)) {
        teams.save(after);
        note(caller, after, AuditAction.TEAM_CHANGED);
      }
      return after;
    });
  }

  /**
   * Deletes a team with its keys, which have all ended.
   *
   * @throws AccessRejected.TeamNotFound when the team is beyond the caller's reach
   * @throws AccessRejected.TeamHasKeys when some key is still accepted
   */
  public void delete(Caller caller, TeamId id) {
    caller.require(Scope.ORG_ADMIN);
    transactions.inTransaction(() -> {
      var team = teams.get(caller.reach(), id);
      if (keys.hasAccepted(id, clock.instant())) {
        throw new AccessRejected.TeamHasKeys();
      }
      teams.remove(id);
      note(caller, team, AuditAction.TEAM_DELETED);
      return team;
    });
  }

  private void note(Caller caller, Team team, AuditAction action) {
    auditor.note(
        caller,
        team.organization(),
        action,
        "team:" + team.id(),
        Map.of("name", team.name().value()));
  }
}
