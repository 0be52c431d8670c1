package dev.runs.application.access;

import dev.runs.application.Ids;
import dev.runs.application.Transactions;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.ApiKey;
import dev.runs.domain.access.ApiKeyId;
import dev.runs.domain.access.ApiKeyText;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Reach;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.audit.AuditAction;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes what a fresh database lacks before anybody can use it. */
public final class PrepareFirstStart {

  private final Organizations organizations;
  private final ApiKeys keys;
  private final Auditor auditor;
  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param random a cryptographically strong source, for the key
   */
  public PrepareFirstStart(
      Organizations organizations,
      ApiKeys keys,
      Auditor auditor,
      Transactions transactions,
      Ids ids,
      InstantSource clock,
      RandomGenerator random) {
    this.organizations = organizations;
    this.keys = keys;
    this.auditor = auditor;
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes the organization {@code default} unless there is one, and a platform key unless one is
   * configured or kept already.
   *
   * @param keyIsConfigured whether the configuration names a key
   * @return the key that was made, to be shown to a person now and never again
   */
  public Optional<String> prepare(boolean keyIsConfigured) {
    var now = clock.instant();
    var organization = Organization.made(new OrganizationId(ids.next()), Organization.DEFAULT, now);
    var key = ApiKeyText.generated("live", random);
    var first =
        new ApiKey(
            new ApiKeyId(ids.next()),
            Optional.empty(),
            new DisplayName("first start"),
            ApiKeyText.hint(key).orElseThrow(),
            ApiKeyText.hash(key),
            Reach.everywhere(),
            Scopes.PLATFORM,
            Principal.SYSTEM,
            now,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return transactions.inTransaction(() -> {
      organizations.addUnlessThere(organization);
      if (keyIsConfigured || !keys.addFirst(first)) {
        return Optional.empty();
      }
      auditor.noteOf(
          Principal.SYSTEM,
          Origin.LOCAL,
          Optional.empty(),
          AuditAction.KEY_CREATED,
          "key:" + first.id(),
          first.granted());
      return Optional.of(key);
    });
  }
}
