package dev.runs.bootstrap;

import dev.runs.application.Caller;
import dev.runs.application.Receipt;
import dev.runs.application.access.MintKeys;
import dev.runs.application.access.MintedKey;
import dev.runs.application.access.NewKey;
import dev.runs.application.access.ShowKeys;
import dev.runs.application.access.ShowTeams;
import dev.runs.bootstrap.settings.StartFailure;
import dev.runs.domain.access.ApiKey;
import dev.runs.domain.access.ApiKeyId;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.Team;
import dev.runs.domain.access.TeamId;
import java.io.PrintWriter;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes and ends API keys, on the server's own machine. */
@Command(
    name = "keys",
    description = "Makes and ends API keys, on the server's own machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class KeysCommand implements Runnable {

  private final Map<String, String> environment;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  KeysCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What can be said of what a key may do. */
  static final class ScopeNames extends ArrayList<String> {

    @Serial private static final long serialVersionUID = 1;

    ScopeNames() {
      super(Arrays.stream(Scope.values()).map(Scope::wireName).toList());
    }
  }

  /** Whose keys: a team's, or those of the platform. */
  static final class Owner {

    @Option(
        names = "--team",
        paramLabel = "NAME",
        description = "The team whose keys are meant; without it, those of the platform.")
    private @Nullable String team;

    @Option(
        names = "--organization",
        paramLabel = "EXTERNAL_ID",
        description = "Where the team is; else in 'default'.")
    private @Nullable String organization;

    Caller caller(Platform platform) {
      return LocalPlatform.caller(platform, Optional.ofNullable(organization).map(ExternalId::new));
    }

    /** The team that is meant; nothing for the platform. */
    Optional<TeamId> id(Platform platform) {
      return named(platform)
          .map(found ->
              found.orElseThrow(() -> new StartFailure("There is no team '%s'.".formatted(team))));
    }

    /** The team that is meant, made when it is not there. */
    Optional<TeamId> madeId(Platform platform) {
      return named(platform)
          .map(found ->
              found.orElseGet(() ->
                  platform
                      .grants()
                      .editTeams()
                      .create(caller(platform), new DisplayName(name()), Receipt.none())
                      .id()));
    }

    private Optional<Optional<TeamId>> named(Platform platform) {
      return team == null ? Optional.empty() : Optional.of(found(platform));
    }

    private Optional<TeamId> found(Platform platform) {
      var caller = caller(platform);
      var next = Optional.<String>empty();
      do {
        var page = platform.grants().showTeams().list(caller, "", next, ShowTeams.LARGEST_PAGE);
        for (var candidate : page.items()) {
          if (candidate.name().value().equals(name())) {
            return Optional.of(candidate).map(Team::id);
          }
        }
        next = page.next();
      } while (next.isPresent());
      return Optional.empty();
    }

    private String name() {
      return team == null ? "" : team;
    }
  }

  @Override
  public void run() {
    spec.commandLine().usage(out());
  }

  @Command(
      name = "create",
      description = "Makes a key and prints it, once. A team that is not there is made.",
      mixinStandardHelpOptions = true)
  void create(
      @Mixin LocalPlatform local,
      @Mixin Owner owner,
      @Parameters(paramLabel = "NAME", description = "What the key is for.") String name,
      @Option(
              names = "--scopes",
              split = ",",
              paramLabel = "SCOPE",
              completionCandidates = ScopeNames.class,
              description = {
                "What it may do; needed for the key of a team. Any of:",
                "${COMPLETION-CANDIDATES}."
              })
          @Nullable List<String> scopes,
      @Option(
              names = "--projects",
              split = ",",
              paramLabel = "PROJECT",
              description = "The only projects it may touch, by id or slug; else all.")
          @Nullable List<String> projects,
      @Option(names = "--expires", paramLabel = "INSTANT", description = "As 2027-01-31T00:00:00Z.")
          @Nullable Instant expires) {
    var minted =
        local.with(
            environment,
            platform -> {
              var caller = owner.caller(platform);
              if (expires != null && !expires.isAfter(platform.clock().instant())) {
                throw new StartFailure("--expires must lie in the future.");
              }
              var newKey =
                  new NewKey(
                      new DisplayName(name),
                      scopes(scopes, owner),
                      refs(projects),
                      Optional.ofNullable(expires));
              return owner
                  .madeId(platform)
                  .map(team ->
                      platform.grants().mintKeys().mint(caller, team, newKey, Receipt.none()))
                  .orElseGet(() -> platform.grants().mintKeys().mintForPlatform(caller, newKey));
            });
    show(minted);
  }

  @Command(
      name = "list",
      description = "Lists keys, newest first.",
      mixinStandardHelpOptions = true)
  void list(@Mixin LocalPlatform local, @Mixin Owner owner) {
    local.with(
        environment,
        platform -> {
          var team = owner.id(platform);
          var now = platform.clock().instant();
          var next = Optional.<String>empty();
          do {
            var page =
                platform
                    .grants()
                    .showKeys()
                    .list(owner.caller(platform), team, next, ShowKeys.LARGEST_PAGE);
            page.items().forEach(key -> out().println(line(key, now)));
            next = page.next();
          } while (next.isPresent());
          return platform;
        });
  }

  @Command(
      name = "rotate",
      description = "Makes a successor of a key, prints it, and lets the key end.",
      mixinStandardHelpOptions = true)
  void rotate(
      @Mixin LocalPlatform local,
      @Mixin Owner owner,
      @Parameters(paramLabel = "ID", description = "The id of the key.") UUID id,
      @Option(
              names = "--overlap-seconds",
              description = "How long both are accepted; else ${DEFAULT-VALUE}.",
              defaultValue = "86400")
          long overlap) {
    if (overlap < 0 || overlap > MintKeys.LONGEST_OVERLAP.toSeconds()) {
      throw new StartFailure(
          "--overlap-seconds is 0 to %d.".formatted(MintKeys.LONGEST_OVERLAP.toSeconds()));
    }
    show(
        local.with(
            environment,
            platform ->
                platform
                    .grants()
                    .mintKeys()
                    .rotate(
                        owner.caller(platform),
                        owner.id(platform),
                        new ApiKeyId(id),
                        Duration.ofSeconds(overlap),
                        Receipt.none())));
  }

  @Command(name = "revoke", description = "Ends a key now.", mixinStandardHelpOptions = true)
  void revoke(
      @Mixin LocalPlatform local,
      @Mixin Owner owner,
      @Parameters(paramLabel = "ID", description = "The id of the key.") UUID id) {
    var revoked =
        local.with(
            environment,
            platform ->
                platform
                    .grants()
                    .mintKeys()
                    .revoke(
                        owner.caller(platform),
                        owner.id(platform),
                        new ApiKeyId(id),
                        Receipt.none()));
    out().println("Revoked " + revoked.id() + " (" + revoked.name() + ").");
  }

  private void show(MintedKey minted) {
    out()
        .printf(
            "Made the key %s (%s), shown only now:%n%n    %s%n%n",
            minted.key().id(), minted.key().name(), minted.text());
  }

  private static String line(ApiKey key, Instant now) {
    return "%s  %s…  %-8s  %s  [%s]  projects %s  ends %s  last used %s"
        .formatted(
            key.id(),
            key.hint(),
            key.stateAt(now).wireName(),
            key.name(),
            String.join(" ", key.scopes().wireNames()),
            key.projects().isEmpty()
                ? "all"
                : key.projects().stream()
                    .map(Slug::value)
                    .sorted()
                    .collect(Collectors.joining(" ")),
            key.expiresAt().map(Instant::toString).orElse("never"),
            key.lastUsedAt().map(Instant::toString).orElse("never"));
  }

  private static Scopes scopes(@Nullable List<String> names, Owner owner) {
    if (names == null || names.isEmpty()) {
      if (owner.team == null) {
        return Scopes.PLATFORM;
      }
      throw new StartFailure("--scopes is needed for the key of a team: " + known() + ".");
    }
    return new Scopes(
        names.stream()
            .map(name ->
                Scope.ofWireName(name)
                    .orElseThrow(() ->
                        new StartFailure(
                            "There is no scope '%s'; there are %s.".formatted(name, known()))))
            .collect(Collectors.toSet()));
  }

  private static String known() {
    return Arrays.stream(Scope.values()).map(Scope::wireName).collect(Collectors.joining(", "));
  }

  private static Set<ProjectRef> refs(@Nullable List<String> projects) {
    return projects == null
        ? Set.of()
        : projects.stream().map(ProjectRef::of).collect(Collectors.toSet());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
