package dev.runs.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.AtOnce;
import dev.runs.application.Caller;
import dev.runs.application.CountingIds;
import dev.runs.application.InMemoryWorld;
import dev.runs.application.SettableClock;
import dev.runs.application.audit.Auditor;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ApiKey;
import dev.runs.domain.access.ApiKeyId;
import dev.runs.domain.access.ApiKeyText;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.TeamId;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.run.RunFixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** From a fresh database to a caller who is known. */
final class FirstStartTest {

  private static final Access SYSTEM = Access.ofPlatform(Principal.SYSTEM);

  private final InMemoryWorld world = new InMemoryWorld();
  private final SettableClock clock = new SettableClock(RunFixtures.NOON);
  private final CountingIds ids = new CountingIds();

  @Test
  void makesTheDefaultOrganizationAndAKeyThatIsKnown() {
    var key = prepare(1, false).orElseThrow();

    assertThat(key).matches("runs_live_\\w{24}_\\w{6}");
    assertThat(world.organizations().find(Organization.DEFAULT)).isPresent();
    assertThat(identify(Optional.empty()).access(key)).isPresent();
  }

  @Test
  void writesDownThatTheKeyWasMadeAndWhatItMayDo() {
    var key = prepare(1, false).orElseThrow();

    var made = identify(Optional.empty()).access(key).orElseThrow();
    assertThat(world.auditTrail().all())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.action()).isEqualTo(AuditAction.KEY_CREATED);
          assertThat(entry.actor()).isEqualTo(Principal.SYSTEM);
          assertThat(entry.target()).isEqualTo(made.principal().value());
          assertThat(entry.details()).containsKeys("name", "scopes").doesNotContainValue(key);
        });
  }

  @Test
  void makesNoSecondKeyAndWritesNothingDown() {
    var key = prepare(1, false).orElseThrow();

    assertThat(prepare(2, false)).isEmpty();
    assertThat(world.auditTrail().all()).hasSize(1);
    assertThat(identify(Optional.empty()).access(key)).isPresent();
  }

  @Test
  void makesNoKeyWhenOneIsConfigured() {
    assertThat(prepare(1, true)).isEmpty();
    assertThat(world.organizations().find(Organization.DEFAULT)).isPresent();
    assertThat(prepare(2, false)).isPresent();
  }

  @Test
  void makesOneKeyHoweverManyNodesStartAtTheSameMoment() {
    var keys = AtOnce.with(8, i -> prepare(i, false));

    assertThat(keys).filteredOn(Optional::isPresent).hasSize(1);
  }

  @Nested
  final class ACaller {

    @Test
    void isKnownByTheConfiguredKeyWhateverItsForm() {
      assertThat(identify(Optional.of("secret")).access("secret"))
          .contains(Access.ofPlatform(IdentifyCaller.CONFIGURED));
      assertThat(identify(Optional.of("secret")).access("Secret")).isEmpty();
      assertThat(identify(Optional.of("secret")).access("")).isEmpty();
    }

    @Test
    void isKnownByAKeptKeyBesideTheConfiguredOne() {
      var key = prepare(1, false).orElseThrow();

      assertThat(identify(Optional.of("secret")).access(key).orElseThrow().principal().value())
          .startsWith("key:")
          .isNotEqualTo("key:configured");
    }

    @Test
    void isNobodyWithoutAKeyOfOurs() {
      prepare(1, false);
      var others = ApiKeyText.generated("live", new SplittableRandom(99));

      assertThat(identify(Optional.empty()).access(others)).isEmpty();
      assertThat(identify(Optional.empty()).access("nonsense")).isEmpty();
    }

    @Test
    void isNotLookedForWhenTheKeyIsNoneAtAll() {
      var keys = new CountedKeys(world.apiKeys());

      identify(keys).access("runs_live_000000000000000000000000_000000");

      assertThat(keys.asked.get()).isZero();
    }

    @Test
    void isBelievedForFiveSecondsAndThenLookedForAgain() {
      var key = prepare(1, false).orElseThrow();
      var keys = new CountedKeys(world.apiKeys());
      var identify = identify(keys);

      identify.access(key);
      clock.advance(Duration.ofSeconds(5).minusNanos(1_000));
      identify.access(key);
      assertThat(keys.asked.get()).isEqualTo(1);

      clock.advance(Duration.ofNanos(1_000));
      assertThat(identify.access(key)).isPresent();
      assertThat(keys.asked.get()).isEqualTo(2);
    }

    @Test
    void isForgottenWhenItsKeyIsGone() {
      var key = prepare(1, false).orElseThrow();
      var keys = new CountedKeys(world.apiKeys());
      var identify = identify(keys);
      assertThat(identify.access(key)).isPresent();

      keys.areGone = true;
      clock.advance(Duration.ofSeconds(5));

      assertThat(identify.access(key)).isEmpty();
      assertThat(identify.access(key)).isEmpty();
    }

    @Test
    void actsInTheDefaultOrganizationUnlessItNamesAnother() {
      prepare(1, false);
      world.write(() -> world.organizations().addUnlessThere(RunFixtures.ACME));
      var identify = identify(Optional.empty());
      var access = Access.ofPlatform(new Principal("key:1"));
      var home = world.organizations().find(Organization.DEFAULT).orElseThrow().id();

      assertThat(identify.caller(access, Optional.empty(), Origin.LOCAL))
          .isEqualTo(new Caller(access, home, Origin.LOCAL));
      assertThat(identify.caller(access, Optional.of(RunFixtures.ACME.id()), Origin.LOCAL))
          .isEqualTo(new Caller(access, RunFixtures.ACME.id(), Origin.LOCAL));
    }

    @Test
    void cannotActInAnOrganizationThatThereIsNot() {
      var identify = identify(Optional.empty());

      assertThatExceptionOfType(AccessRejected.OrganizationNotFound.class)
          .isThrownBy(() ->
              identify.caller(
                  SYSTEM, Optional.of(new OrganizationId(RunFixtures.uuid(77))), Origin.LOCAL));
      assertThatExceptionOfType(AccessRejected.OrganizationNotFound.class)
          .isThrownBy(() -> identify.caller(SYSTEM, Optional.empty(), Origin.LOCAL));
      prepare(1, false);
      assertThat(identify.caller(SYSTEM, Optional.empty(), Origin.LOCAL)).isNotNull();
    }
  }

  private Optional<String> prepare(long seed, boolean keyIsConfigured) {
    return new PrepareFirstStart(
            world.organizations(),
            world.apiKeys(),
            new Auditor(world.auditTrail(), ids, clock),
            world.transactions(),
            ids,
            clock,
            new SplittableRandom(seed))
        .prepare(keyIsConfigured);
  }

  private IdentifyCaller identify(Optional<String> configuredKey) {
    return new IdentifyCaller(
        new BelievedKeys(world.apiKeys(), clock), world.organizations(), configuredKey);
  }

  private IdentifyCaller identify(ApiKeys keys) {
    return new IdentifyCaller(
        new BelievedKeys(keys, clock), world.organizations(), Optional.empty());
  }

  /** Keys that count how often they are looked for. */
  private static final class CountedKeys implements ApiKeys {

    private final ApiKeys keys;
    private final AtomicInteger asked = new AtomicInteger();
    private boolean areGone;

    CountedKeys(ApiKeys keys) {
      this.keys = keys;
    }

    @Override
    public boolean addFirst(ApiKey key) {
      return keys.addFirst(key);
    }

    @Override
    public void add(ApiKey key) {
      keys.add(key);
    }

    @Override
    public Optional<ApiKey> find(ApiKeyId id) {
      return keys.find(id);
    }

    @Override
    public Optional<ApiKey> find(Optional<TeamId> owner, ApiKeyId id) {
      return keys.find(owner, id);
    }

    @Override
    public List<ApiKey> list(Optional<TeamId> owner, Optional<ApiKeyId> after, int limit) {
      return keys.list(owner, after, limit);
    }

    @Override
    public boolean hasAccepted(TeamId owner, Instant now) {
      return keys.hasAccepted(owner, now);
    }

    @Override
    public boolean revoke(ApiKeyId id, Instant at) {
      return keys.revoke(id, at);
    }

    @Override
    public void endAt(ApiKeyId id, Instant at) {
      keys.endAt(id, at);
    }

    @Override
    public void noteUses(List<Use> uses) {
      keys.noteUses(uses);
    }

    @Override
    public Optional<ApiKey> findByHash(String hash) {
      asked.incrementAndGet();
      return areGone ? Optional.empty() : keys.findByHash(hash);
    }
  }
}
