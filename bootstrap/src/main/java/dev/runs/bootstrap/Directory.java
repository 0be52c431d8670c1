package dev.runs.bootstrap;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.access.JooqOrganizations;
import dev.runs.adapters.persistence.access.JooqUsers;
import dev.runs.adapters.persistence.event.JooqRunEvents;
import dev.runs.adapters.persistence.rollup.JooqLedgerAudit;
import dev.runs.adapters.persistence.system.JooqSystemFacts;
import dev.runs.application.access.ListOrganizations;
import dev.runs.application.access.ListUsers;
import dev.runs.application.access.NameOrganizations;
import dev.runs.application.system.ShowSystem;
import java.time.InstantSource;

/** What who runs the installation, or looks around in it, can see of it. */
public record Directory(
    ListOrganizations listOrganizations,
    NameOrganizations nameOrganizations,
    ListUsers listUsers,
    ShowSystem showSystem) {

  static Directory over(Database database, InstantSource clock) {
    var organizations = new JooqOrganizations(database);
    return new Directory(
        new ListOrganizations(organizations),
        new NameOrganizations(organizations),
        new ListUsers(new JooqUsers(database)),
        new ShowSystem(
            new JooqSystemFacts(database, clock),
            new JooqRunEvents(database),
            new JooqLedgerAudit(database),
            database,
            clock,
            Version.number()));
  }
}
