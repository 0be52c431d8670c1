package dev.runs.adapters.rest.access;

import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.idempotency.Once;
import dev.runs.adapters.rest.idempotency.Once.Reply;
import dev.runs.adapters.rest.idempotency.Submission;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.adapters.rest.request.Query;
import dev.runs.application.Caller;
import dev.runs.application.access.MintKeys;
import dev.runs.application.access.MintedKey;
import dev.runs.application.access.NewKey;
import dev.runs.application.access.ShowKeys;
import dev.runs.domain.access.ApiKey;
import dev.runs.domain.access.ApiKeyId;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.access.TeamId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The keys of a team. A key itself is in the answer that makes it, and nowhere else. */
@RestController
@RequestMapping("/v1/teams/{team}/keys")
class TeamKeysController {

  private static final String EXPIRES_AT = "expiresAt";
  private static final String OVERLAP = "overlapSeconds";

  private record PageJson(List<KeyJson> keys, int limit, @Nullable String nextCursor) {}

  private final ShowKeys showKeys;
  private final MintKeys mintKeys;
  private final Once once;
  private final InstantSource clock;

  TeamKeysController(ShowKeys showKeys, MintKeys mintKeys, Once once, InstantSource clock) {
    this.showKeys = showKeys;
    this.mintKeys = mintKeys;
    this.once = once;
    this.clock = clock;
  }

  @Needs(Scope.KEYS_ADMIN)
  @PostMapping
  ResponseEntity<byte[]> mint(@PathVariable TeamId team, Submission submission) {
    var newKey = newKey(Fields.of(submission.body()));
    return once.answer(
        submission,
        this::minted,
        receipt -> mintKeys.mint(submission.caller(), team, newKey, receipt));
  }

  @Needs(Scope.KEYS_ADMIN)
  @GetMapping
  ResponseEntity<byte[]> list(Caller caller, @PathVariable TeamId team, Query query) {
    var limit = query.limit(ShowKeys.LARGEST_PAGE, ShowKeys.LARGEST_PAGE);
    var cursor = query.text("cursor");
    query.refuseIfWrong();
    var now = clock.instant();
    var page =
        showKeys.list(caller, Optional.of(team), cursor, limit).map(key -> KeyJson.of(key, now));
    return Answers.ok(new PageJson(page.items(), limit, page.next().orElse(null)));
  }

  @Needs(Scope.KEYS_ADMIN)
  @GetMapping("/{key:[^:]+}")
  ResponseEntity<byte[]> show(
      Caller caller, @PathVariable TeamId team, @PathVariable ApiKeyId key) {
    return Answers.ok(KeyJson.of(showKeys.show(caller, Optional.of(team), key), clock.instant()));
  }

  @Needs(Scope.KEYS_ADMIN)
  @PostMapping("/{key:[^:]+}:rotate")
  ResponseEntity<byte[]> rotate(
      @PathVariable TeamId team, @PathVariable ApiKeyId key, Submission submission) {
    var overlap = overlap(Fields.of(submission.body()));
    return once.answer(
        submission,
        this::minted,
        receipt -> mintKeys.rotate(submission.caller(), Optional.of(team), key, overlap, receipt));
  }

  @Needs(Scope.KEYS_ADMIN)
  @PostMapping("/{key:[^:]+}:revoke")
  ResponseEntity<byte[]> revoke(
      @PathVariable TeamId team, @PathVariable ApiKeyId key, Submission submission) {
    return once.answer(
        submission,
        (ApiKey revoked) -> new Reply(200, KeyJson.of(revoked, clock.instant())),
        receipt -> mintKeys.revoke(submission.caller(), Optional.of(team), key, receipt));
  }

  private Reply minted(MintedKey minted) {
    var now = clock.instant();
    return new Reply(201, KeyJson.shown(minted, now), KeyJson.repeated(minted, now));
  }

  private NewKey newKey(Fields fields) {
    var name = fields.made("name", fields.required("name", fields.text("name")), DisplayName::new);
    var scopes = scopes(fields);
    var projects = projects(fields);
    var expiresAt = fields.instant(EXPIRES_AT);
    if (expiresAt.isPresent() && !expiresAt.get().isAfter(clock.instant())) {
      fields.refuse(EXPIRES_AT, "expiresAt must lie in the future");
    }
    fields.faults().refuseIfAny();
    return new NewKey(name.orElseThrow(), scopes, projects, expiresAt);
  }

  private static Scopes scopes(Fields fields) {
    var granted = new HashSet<Scope>();
    for (var name :
        fields
            .required("scopes", fields.texts("scopes", Scope.values().length))
            .orElse(List.of())) {
      var scope = Scope.ofWireName(name);
      scope.ifPresent(granted::add);
      if (scope.isEmpty()) {
        fields.refuse("scopes", "scopes holds a word that is no scope");
        return Scopes.NONE;
      }
    }
    if (granted.isEmpty()) {
      fields.refuse("scopes", "scopes must hold at least one scope");
    }
    return new Scopes(granted);
  }

  private static Set<ProjectRef> projects(Fields fields) {
    var projects = new HashSet<ProjectRef>();
    fields
        .texts("projectIds", NewKey.MOST_PROJECTS)
        .orElse(List.of())
        .forEach(text ->
            fields.attempt("projectIds", () -> ProjectRef.of(text)).ifPresent(projects::add));
    return projects;
  }

  private static Duration overlap(Fields fields) {
    var longest = MintKeys.LONGEST_OVERLAP.toSeconds();
    var asked = fields.decimal(OVERLAP);
    if (asked.isPresent()
        && (asked.get().signum() < 0
            || asked.get().compareTo(BigDecimal.valueOf(longest)) > 0
            || asked.get().stripTrailingZeros().scale() > 0)) {
      fields.refuse(OVERLAP, "overlapSeconds must be a whole number from 0 to " + longest);
    }
    fields.faults().refuseIfAny();
    return asked
        .map(seconds -> Duration.ofSeconds(seconds.longValueExact()))
        .orElse(MintKeys.USUAL_OVERLAP);
  }
}
