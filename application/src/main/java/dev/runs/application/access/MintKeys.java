package dev.runs.application.access;

import static dev.runs.domain.access.AccessRejected.GrantExceeded.Part;

import dev.runs.application.Caller;
import dev.runs.application.Ids;
import dev.runs.application.Receipt;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ApiKey;
import dev.runs.domain.access.ApiKeyId;
import dev.runs.domain.access.ApiKeyText;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.Team;
import dev.runs.domain.access.TeamId;
import dev.runs.domain.audit.AuditAction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes, rotates and revokes keys. Nobody can grant with a key what they do not have. */
public final class MintKeys {

  /** How long a rotated key goes on being accepted unless something else is asked for. */
  public static final Duration USUAL_OVERLAP = Duration.ofHours(24);

  /** How long a rotated key can go on being accepted. */
  public static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

  private static final String ENVIRONMENT = "live";

  private final ApiKeys keys;
  private final Teams teams;
  private final Projects projects;
  private final BelievedKeys believed;
  private final Transactions transactions;
  private final Auditor auditor;
  private final Ids ids;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random a cryptographically strong source, for the keys
   */
  public MintKeys(
      ApiKeys keys,
      Teams teams,
      Projects projects,
      BelievedKeys believed,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock,
      RandomGenerator random) {
    this.keys = keys;
    this.teams = teams;
    this.projects = projects;
    this.believed = believed;
    this.transactions = transactions;
    this.auditor = auditor;
    this.ids = ids;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes a key of a team.
   *
   * @throws AccessRejected.TeamNotFound when the team is beyond the caller's reach
   * @throws AccessRejected.UnknownProject when the organization has no such project
   * @throws AccessRejected.GrantExceeded when the caller lacks some of what it would grant
   */
  public MintedKey mint(Caller caller, TeamId team, NewKey newKey, Receipt<MintedKey> receipt) {
    caller.require(Scope.KEYS_ADMIN);
    return transactions.inTransaction(
        receipt,
        () -> {
          var owner = teams.get(caller.reach(), team);
          if (newKey.scopes().granted().contains(Scope.PLATFORM_ADMIN)) {
            throw new AccessRejected.GrantExceeded(
                Part.SCOPES, "The scope platform:admin is for keys that belong to no team.");
          }
          var reach = new Reach.Within(owner.organization(), slugs(caller, owner, newKey));
          return made(caller, Optional.of(owner), newKey, reach);
        });
  }

  /**
   * Makes a key that is bound to no organization.
   *
   * @throws AccessRejected.GrantExceeded when the caller lacks some of what it would grant
   */
  public MintedKey mintForPlatform(Caller caller, NewKey newKey) {
    caller.require(Scope.PLATFORM_ADMIN);
    return transactions.inTransaction(
        () -> made(caller, Optional.empty(), newKey, Reach.everywhere()));
  }

  /**
   * Makes a successor that may do the same, and lets the key itself end after a while.
   *
   * @param owner the team whose key it is; nothing for a platform key
   * @param overlap how long both are accepted; zero to {@link #LONGEST_OVERLAP}
   * @throws AccessRejected.KeyNotFound when there is no such key within the caller's reach
   * @throws AccessRejected.KeyEnded when it is revoked or expired
   * @throws AccessRejected.GrantExceeded when the caller lacks some of what the key grants
   */
  public MintedKey rotate(
      Caller caller,
      Optional<TeamId> owner,
      ApiKeyId id,
      Duration overlap,
      Receipt<MintedKey> receipt) {
    caller.require(Scope.KEYS_ADMIN);
    var minted =
        transactions.inTransaction(
            receipt,
            () -> {
              var team = owner.map(its -> teams.get(caller.reach(), its));
              var old = existing(caller, owner, id);
              var now = clock.instant();
              if (!old.isAcceptedAt(now)) {
                throw new AccessRejected.KeyEnded();
              }
              requireGrantable(caller.access(), old.reach(), old.scopes(), old.expiresAt());
              var next =
                  generated(caller, owner, old.name(), old.reach(), old.scopes(), old.expiresAt());
              keys.add(next.key());
              keys.endAt(id, now.plus(overlap));
              note(
                  caller,
                  team,
                  AuditAction.KEY_ROTATED,
                  id,
                  Map.of("successor", next.key().id().toString()));
              return next;
            });
    keys.find(owner, id).map(ApiKey::hash).ifPresent(believed::forget);
    return minted;
  }

  /**
   * Ends a key now: on this node at once, on others within {@link BelievedKeys#LONGEST}. A key that
   * is revoked already stays as it is.
   *
   * @param owner the team whose key it is; nothing for a platform key
   * @return the key as it is now
   * @throws AccessRejected.KeyNotFound when there is no such key within the caller's reach
   */
  public ApiKey revoke(
      Caller caller, Optional<TeamId> owner, ApiKeyId id, Receipt<ApiKey> receipt) {
    caller.require(Scope.KEYS_ADMIN);
    var revoked =
        transactions.inTransaction(
            receipt,
            () -> {
              var team = owner.map(its -> teams.get(caller.reach(), its));
              var key = existing(caller, owner, id);
              if (keys.revoke(id, clock.instant())) {
                note(caller, team, AuditAction.KEY_REVOKED, id, Map.of("name", key.name().value()));
              }
              return existing(caller, owner, id);
            });
    believed.forget(revoked.hash());
    return revoked;
  }

  private ApiKey existing(Caller caller, Optional<TeamId> owner, ApiKeyId id) {
    return keys.find(owner, id)
        .filter(key -> caller.reach().covers(key.reach()))
        .orElseThrow(AccessRejected.KeyNotFound::new);
  }

  private MintedKey made(Caller caller, Optional<Team> owner, NewKey newKey, Reach reach) {
    requireGrantable(caller.access(), reach, newKey.scopes(), newKey.expiresAt());
    var minted =
        generated(
            caller, owner.map(Team::id), newKey.name(), reach, newKey.scopes(), newKey.expiresAt());
    var key = minted.key();
    keys.add(key);
    note(caller, owner, AuditAction.KEY_CREATED, key.id(), key.granted());
    return minted;
  }

  private MintedKey generated(
      Caller caller,
      Optional<TeamId> owner,
      DisplayName name,
      Reach reach,
      Scopes scopes,
      Optional<Instant> expiresAt) {
    var text = ApiKeyText.generated(ENVIRONMENT, random);
    return new MintedKey(
        new ApiKey(
            new ApiKeyId(ids.next()),
            owner,
            name,
            ApiKeyText.hint(text).orElseThrow(),
            ApiKeyText.hash(text),
            reach,
            scopes,
            caller.principal(),
            clock.instant(),
            expiresAt,
            Optional.empty(),
            Optional.empty()),
        text);
  }

  private void note(
      Caller caller,
      Optional<Team> owner,
      AuditAction action,
      ApiKeyId id,
      Map<String, String> details) {
    var target = "key:" + id;
    owner
        .map(Team::organization)
        .ifPresentOrElse(
            organization -> auditor.note(caller, organization, action, target, details),
            () -> auditor.noteForAll(caller, action, target, details));
  }

  /** A caller who is bound to projects and names none grants those it has. */
  private Set<Slug> slugs(Caller caller, Team owner, NewKey newKey) {
    if (newKey.projects().isEmpty()) {
      return caller.reach().in(owner.organization()).map(Reach.Within::projects).orElse(Set.of());
    }
    var slugs = new HashSet<Slug>();
    for (var ref : newKey.projects()) {
      slugs.add(slug(owner.organization(), ref));
    }
    return slugs;
  }

  private Slug slug(OrganizationId organization, ProjectRef ref) {
    return projects
        .find(organization, ref)
        .orElseThrow(() -> new AccessRejected.UnknownProject("projectIds"))
        .slug();
  }

  private static void requireGrantable(
      Access access, Reach reach, Scopes scopes, Optional<Instant> end) {
    if (!access.scopes().allowAll(scopes.granted())) {
      throw new AccessRejected.GrantExceeded(
          Part.SCOPES, "A key cannot be given scopes that the caller does not have.");
    }
    if (!access.reach().covers(reach)) {
      throw new AccessRejected.GrantExceeded(
          Part.PROJECTS, "A key cannot be given projects that the caller does not reach.");
    }
    if (access.expiresAt().isPresent()
        && !end.map(its -> !its.isAfter(access.expiresAt().get())).orElse(false)) {
      throw new AccessRejected.GrantExceeded(
          Part.EXPIRES_AT, "A key cannot last longer than the key that makes it.");
    }
  }
}
