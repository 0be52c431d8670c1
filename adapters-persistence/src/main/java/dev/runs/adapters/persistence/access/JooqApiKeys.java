package dev.runs.adapters.persistence.access;

import static dev.runs.adapters.persistence.generated.Tables.API_KEY;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.runs.adapters.persistence.Database;
import dev.runs.application.access.ApiKeys;
import java.util.Optional;

/** Keeps the hashes of API keys in the table {@code api_key}. */
public final class JooqApiKeys implements ApiKeys {

  /** Taken by whoever makes a first key, so that two nodes that start together make one. */
  private static final long FIRST_KEY = 0x72756e732d6b6579L;

  private final Database database;

  public JooqApiKeys(Database database) {
    this.database = database;
  }

  @Override
  public boolean addFirst(ApiKey key) {
    if (!database.dialect().tryLock(database.db(), FIRST_KEY)) {
      return false;
    }
    return database
            .db()
            .insertInto(API_KEY, API_KEY.ID, API_KEY.NAME, API_KEY.HASH, API_KEY.CREATED_AT)
            .select(
                select(
                        val(key.id(), API_KEY.ID),
                        val(key.name(), API_KEY.NAME),
                        val(key.hash(), API_KEY.HASH),
                        val(key.createdAt(), API_KEY.CREATED_AT))
                    .where(notExists(selectOne().from(API_KEY))))
            .execute()
        == 1;
  }

  @Override
  public Optional<ApiKey> findByHash(String hash) {
    return database
        .db()
        .selectFrom(API_KEY)
        .where(API_KEY.HASH.eq(hash))
        .fetchOptional(
            row -> new ApiKey(row.getId(), row.getName(), row.getHash(), row.getCreatedAt()));
  }
}
