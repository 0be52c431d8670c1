package dev.runs.bootstrap;

import dev.runs.adapters.persistence.Database;
import dev.runs.adapters.persistence.access.JooqMemberships;
import dev.runs.adapters.persistence.access.JooqPeople;
import dev.runs.adapters.persistence.access.JooqWebSessions;
import dev.runs.application.Ids;
import dev.runs.application.access.Attempts;
import dev.runs.application.access.ChangePassword;
import dev.runs.application.access.ChooseOrganization;
import dev.runs.application.access.EditPeople;
import dev.runs.application.access.ForgetSessions;
import dev.runs.application.access.Organizations;
import dev.runs.application.access.PrepareFirstAdmin;
import dev.runs.application.access.ResolveSession;
import dev.runs.application.access.ShowChoices;
import dev.runs.application.access.ShowPeople;
import dev.runs.application.access.SignIn;
import dev.runs.application.access.SignInByProvider;
import dev.runs.application.access.SignOut;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.GroupRoles;
import java.security.SecureRandom;
import java.time.InstantSource;

/** What can be done by and about people who sign in. */
public record Accounts(
    PrepareFirstAdmin prepareFirstAdmin,
    SignIn signIn,
    SignInByProvider signInByProvider,
    ResolveSession resolveSession,
    ChooseOrganization chooseOrganization,
    ShowChoices showChoices,
    ChangePassword changePassword,
    SignOut signOut,
    EditPeople editPeople,
    ShowPeople showPeople,
    ForgetSessions forgetSessions) {

  /**
   * @param groupRoles what the groups of the identity provider may do
   */
  static Accounts over(
      Database database,
      Organizations organizations,
      GroupRoles groupRoles,
      Auditor auditor,
      Ids ids,
      InstantSource clock,
      SecureRandom random) {
    var people = new JooqPeople(database);
    var memberships = new JooqMemberships(database);
    var sessions = new JooqWebSessions(database);
    var hashes = new Argon2PasswordHashes();
    var attempts = new Attempts(people, hashes, database, clock);
    return new Accounts(
        new PrepareFirstAdmin(people, hashes, auditor, database, ids, clock, random),
        new SignIn(people, memberships, sessions, attempts, database, auditor, clock, random),
        new SignInByProvider(
            people,
            memberships,
            organizations,
            sessions,
            groupRoles,
            database,
            auditor,
            ids,
            clock,
            random),
        new ResolveSession(sessions, people, memberships, organizations, database, clock),
        new ChooseOrganization(sessions, organizations, database),
        new ShowChoices(organizations, database),
        new ChangePassword(people, sessions, attempts, hashes, database, auditor, clock, random),
        new SignOut(sessions, database, auditor),
        new EditPeople(
            people, memberships, sessions, hashes, database, auditor, ids, clock, random),
        new ShowPeople(people, memberships, database),
        new ForgetSessions(sessions, database, clock));
  }
}
