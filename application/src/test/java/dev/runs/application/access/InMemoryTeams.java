package dev.runs.application.access;

import dev.runs.application.InMemoryTransactions;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Team;
import dev.runs.domain.access.TeamId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Teams in memory. */
public final class InMemoryTeams implements Teams {

  private final InMemoryTransactions.Table<UUID, Team> rows;
  private final InMemoryApiKeys keys;

  public InMemoryTeams(InMemoryTransactions transactions, InMemoryApiKeys keys) {
    this.rows = transactions.table(Comparator.<UUID>naturalOrder());
    this.keys = keys;
  }

  @Override
  public void add(Team team) {
    requireFreeName(team);
    rows.put(team.id().value(), team);
  }

  @Override
  public Optional<Team> find(Reach reach, TeamId id) {
    return Optional.ofNullable(rows.get(id.value()))
        .filter(team -> reach.includes(team.organization()));
  }

  @Override
  public List<Team> list(
      OrganizationId organization, String beginning, Optional<TeamId> after, int limit) {
    return rows.all().stream()
        .filter(team -> team.organization().equals(organization))
        .filter(team -> team.name().value().startsWith(beginning))
        .filter(team -> after.isEmpty() || team.id().value().compareTo(after.get().value()) < 0)
        .sorted(Comparator.comparing((Team team) -> team.id().value()).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public void save(Team team) {
    requireFreeName(team);
    rows.put(team.id().value(), team);
  }

  @Override
  public void remove(TeamId id) {
    keys.removeOf(id);
    rows.remove(id.value());
  }

  private void requireFreeName(Team team) {
    if (rows.all().stream()
        .anyMatch(there ->
            there.organization().equals(team.organization())
                && there.name().equals(team.name())
                && !there.id().equals(team.id()))) {
      throw new AccessRejected.TeamNameTaken(team.name());
    }
  }
}
