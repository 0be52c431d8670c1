package dev.runs.adapters.rest.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runs.adapters.rest.json.Times;
import dev.runs.application.access.MintedKey;
import dev.runs.domain.access.ApiKey;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.TeamId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is answered.
 *
 * @param key the key itself, only in the answer that makes it
 * @param secretShown whether the key itself was shown in an earlier answer to the same request
 */
record KeyJson(
    String id,
    @Nullable String teamId,
    String name,
    String hint,
    String state,
    List<String> scopes,
    List<String> projects,
    String createdBy,
    String createdAt,
    @Nullable String expiresAt,
    @Nullable String revokedAt,
    @Nullable String lastUsedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean secretShown) {

  static KeyJson of(ApiKey key, Instant now) {
    return of(key, now, null, null);
  }

  /** With the key itself. */
  static KeyJson shown(MintedKey minted, Instant now) {
    return of(minted.key(), now, minted.text(), null);
  }

  /** As it is repeated, without the key itself. */
  static KeyJson repeated(MintedKey minted, Instant now) {
    return of(minted.key(), now, null, true);
  }

  private static KeyJson of(
      ApiKey key, Instant now, @Nullable String text, @Nullable Boolean secretShown) {
    return new KeyJson(
        key.id().toString(),
        key.owner().map(TeamId::toString).orElse(null),
        key.name().value(),
        key.hint(),
        key.stateAt(now).wireName(),
        key.scopes().wireNames(),
        key.projects().stream().map(Slug::value).sorted().toList(),
        key.createdBy().value(),
        Times.written(key.createdAt()),
        key.expiresAt().map(Times::written).orElse(null),
        key.revokedAt().map(Times::written).orElse(null),
        key.lastUsedAt().map(Times::written).orElse(null),
        text,
        secretShown);
  }
}
