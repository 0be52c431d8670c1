package dev.runs.adapters.rest.access;

import dev.runs.adapters.rest.json.Times;
import dev.runs.domain.access.Team;

/** A team as it is answered. */
record TeamJson(String id, String organizationId, String name, String createdAt, String updatedAt) {

  static TeamJson of(Team team) {
    return new TeamJson(
        team.id().toString(),
        team.organization().toString(),
        team.name().value(),
        Times.written(team.createdAt()),
        Times.written(team.updatedAt()));
  }
}
