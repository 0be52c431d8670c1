package dev.runs.application.access;

import dev.runs.application.Caller;
import dev.runs.application.Cursor;
import dev.runs.application.Page;
import dev.runs.application.RequestRejected;
import dev.runs.application.Transactions;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ApiKey;
import dev.runs.domain.access.ApiKeyId;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.TeamId;
import java.util.Optional;

/** Shows what is kept of keys; never the keys themselves. */
public final class ShowKeys {

  /** How many keys a page has at most. */
  public static final int LARGEST_PAGE = 100;

  private final ApiKeys keys;
  private final Teams teams;
  private final Transactions transactions;

  public ShowKeys(ApiKeys keys, Teams teams, Transactions transactions) {
    this.keys = keys;
    this.teams = teams;
    this.transactions = transactions;
  }

  /**
   * The keys of a team, newest first.
   *
   * @param owner nothing for the platform keys
   * @param limit 1 to {@value #LARGEST_PAGE}
   * @throws AccessRejected.TeamNotFound when the team is beyond the caller's reach
   * @throws RequestRejected.BadCursor when the cursor is none
   */
  public Page<ApiKey> list(
      Caller caller, Optional<TeamId> owner, Optional<String> cursor, int limit) {
    caller.require(Scope.KEYS_ADMIN);
    var after = cursor.map(Cursor::uuid).map(ApiKeyId::new);
    return transactions.inSnapshot(() -> {
      owner.ifPresent(team -> teams.get(caller.reach(), team));
      return Page.cut(
          keys.list(owner, after, limit + 1), limit, key -> Cursor.of(key.id().toString()));
    });
  }

  /**
   * One key.
   *
   * @param owner nothing for a platform key
   * @throws AccessRejected.KeyNotFound when the owner has no such key within the caller's reach
   */
  public ApiKey show(Caller caller, Optional<TeamId> owner, ApiKeyId id) {
    caller.require(Scope.KEYS_ADMIN);
    return transactions.inSnapshot(() -> {
      owner.ifPresent(team -> teams.get(caller.reach(), team));
      return keys.find(owner, id).orElseThrow(AccessRejected.KeyNotFound::new);
    });
  }
}
