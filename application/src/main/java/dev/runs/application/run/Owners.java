package dev.runs.application.run;

import dev.runs.application.Caller;
import dev.runs.application.Ids;
import dev.runs.application.ItemResult;
import dev.runs.application.access.Organizations;
import dev.runs.application.access.Users;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.User;
import dev.runs.domain.access.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds out whose the runs of a batch are, with as few questions as it takes for all of them. */
public final class Owners {

  /** An organization and its user, both known to exist. */
  record Owned(OrganizationId organization, Optional<UserId> user) {}

  private record ExternalUser(OrganizationId organization, ExternalId id) {}

  private final Organizations organizations;
  private final Users users;
  private final Ids ids;

  public Owners(Organizations organizations, Users users, Ids ids) {
    this.organizations = organizations;
    this.users = users;
    this.ids = ids;
  }

  /**
   * @param callers who asks for each of the runs
   * @return an answer for each of the runs, in their order
   */
  List<ItemResult<Owned>> of(List<Caller> callers, List<NewRun> runs, Instant now) {
    var registered = registeredOrganizations(runs);
    var knownUsers = registeredUsers(runs);
    var external = externalOrganizations(callers, runs, now);
    var externalUsers = externalUsers(callers, runs, external, now);
    var owned = new ArrayList<ItemResult<Owned>>(runs.size());
    for (var i = 0; i < runs.size(); i++) {
      owned.add(
          switch (runs.get(i).owner()) {
            case NewRun.Owner.Registered owner ->
                registered(callers.get(i), owner, registered, knownUsers);
            case NewRun.Owner.External owner ->
                external(callers.get(i), owner, external, externalUsers);
          });
    }
    return owned;
  }

  private static ItemResult<Owned> registered(
      Caller caller,
      NewRun.Owner.Registered owner,
      Map<OrganizationId, Organization> organizations,
      Map<UserId, User> users) {
    var organization = owner.organization();
    if (!organizations.containsKey(organization) || !caller.reach().includes(organization)) {
      return new ItemResult.Refused<>(new AccessRejected.OrganizationNotFound());
    }
    if (owner.user().isPresent()) {
      var user = users.get(owner.user().get());
      if (user == null || !user.organization().equals(organization)) {
        return new ItemResult.Refused<>(new AccessRejected.UserNotFound());
      }
    }
    return new ItemResult.Done<>(new Owned(organization, owner.user()));
  }

  private static ItemResult<Owned> external(
      Caller caller,
      NewRun.Owner.External owner,
      Map<ExternalId, OrganizationId> organizations,
      Map<ExternalUser, UserId> users) {
    var organization = organizations.get(owner.organization());
    if (organization == null || !caller.reach().includes(organization)) {
      return new ItemResult.Refused<>(new AccessRejected.OrganizationNotFound());
    }
    var user =
        owner
            .user()
            .flatMap(id -> Optional.ofNullable(users.get(new ExternalUser(organization, id))));
    return new ItemResult.Done<>(new Owned(organization, user));
  }

  private Map<OrganizationId, Organization> registeredOrganizations(List<NewRun> runs) {
    var named = new HashSet<OrganizationId>();
    for (var run : runs) {
      if (run.owner() instanceof NewRun.Owner.Registered(var organization, _)) {
        named.add(organization);
      }
    }
    return named.isEmpty() ? Map.of() : organizations.findAll(named);
  }

  private Map<UserId, User> registeredUsers(List<NewRun> runs) {
    var named = new HashSet<UserId>();
    for (var run : runs) {
      if (run.owner() instanceof NewRun.Owner.Registered(_, var user)) {
        user.ifPresent(named::add);
      }
    }
    return named.isEmpty() ? Map.of() : users.findAll(named);
  }

  /**
   * In the order of the ids, so that two batches never wait for each other in a circle. Only who
   * reaches everywhere makes an organization, for nobody else could reach it.
   */
  private Map<ExternalId, OrganizationId> externalOrganizations(
      List<Caller> callers, List<NewRun> runs, Instant now) {
    var named = new TreeMap<ExternalId, Boolean>(Comparator.comparing(ExternalId::value));
    for (var i = 0; i < runs.size(); i++) {
      if (runs.get(i).owner() instanceof NewRun.Owner.External(var organization, _)) {
        var mayMake = callers.get(i).reach() instanceof Reach.Everywhere;
        named.merge(organization, mayMake, Boolean::logicalOr);
      }
    }
    var found = new HashMap<ExternalId, OrganizationId>();
    named.forEach((id, mayMake) ->
        organizations
            .find(id)
            .or(() -> mayMake ? Optional.of(made(id, now)) : Optional.empty())
            .ifPresent(organization -> found.put(id, organization.id())));
    return found;
  }

  private Organization made(ExternalId id, Instant now) {
    return organizations
        .addUnlessThere(Organization.made(new OrganizationId(ids.next()), id, now))
        .value();
  }

  private Map<ExternalUser, UserId> externalUsers(
      List<Caller> callers,
      List<NewRun> runs,
      Map<ExternalId, OrganizationId> organizations,
      Instant now) {
    var named =
        new TreeSet<>(
            Comparator.comparing((ExternalUser user) -> user.organization().value())
                .thenComparing(user -> user.id().value()));
    for (var i = 0; i < runs.size(); i++) {
      if (runs.get(i).owner() instanceof NewRun.Owner.External(var external, var user)) {
        var reach = callers.get(i).reach();
        Optional.ofNullable(organizations.get(external))
            .filter(reach::includes)
            .flatMap(organization -> user.map(id -> new ExternalUser(organization, id)))
            .ifPresent(named::add);
      }
    }
    var found = new HashMap<ExternalUser, UserId>();
    for (var user : named) {
      found.put(user, userId(user, now));
    }
    return found;
  }

  private UserId userId(ExternalUser user, Instant now) {
    return users
        .find(user.organization(), user.id())
        .orElseGet(() ->
            users
                .addUnlessThere(
                    new User(new UserId(ids.next()), user.organization(), user.id(), now, now))
                .value())
        .id();
  }
}
