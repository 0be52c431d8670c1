package dev.runs.bootstrap;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.access.JooqApiKeys;
import dev.runs.adapters.persistence.access.JooqProjects;
import dev.runs.adapters.persistence.access.JooqTeams;
import dev.runs.application.Ids;
import dev.runs.application.access.BelievedKeys;
import dev.runs.application.access.EditProjects;
import dev.runs.application.access.EditTeams;
import dev.runs.application.access.MintKeys;
import dev.runs.application.access.NoteKeyUses;
import dev.runs.application.access.ShowKeys;
import dev.runs.application.access.ShowProjects;
import dev.runs.application.access.ShowTeams;
import dev.runs.application.audit.Auditor;
import java.security.SecureRandom;
import java.time.InstantSource;

/** What can be done about projects, teams and their keys. */
public record Grants(
    ShowProjects showProjects,
    EditProjects editProjects,
    ShowTeams showTeams,
    EditTeams editTeams,
    ShowKeys showKeys,
    MintKeys mintKeys,
    NoteKeyUses noteKeyUses) {

  static Grants over(
      Database database,
      BelievedKeys believed,
      Auditor auditor,
      Ids ids,
      InstantSource clock,
      SecureRandom random) {
    var keys = new JooqApiKeys(database);
    var teams = new JooqTeams(database);
    var projects = new JooqProjects(database);
    return new Grants(
        new ShowProjects(projects),
        new EditProjects(projects, database, auditor, ids, clock),
        new ShowTeams(teams),
        new EditTeams(teams, keys, database, auditor, ids, clock),
        new ShowKeys(keys, teams, database),
        new MintKeys(keys, teams, projects, believed, database, auditor, ids, clock, random),
        new NoteKeyUses(believed, keys, database));
  }
}
