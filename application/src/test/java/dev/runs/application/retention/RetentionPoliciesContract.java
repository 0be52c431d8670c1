package dev.runs.application.retention;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.StoresContract;
import dev.runs.domain.retention.RetentionPolicy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of policies promises. */
public abstract class RetentionPoliciesContract extends StoresContract {

  @Test
  void knowsNothingAtFirst() {
    assertThat(policies().find(ACME.id())).isEmpty();
  }

  @Test
  void keepsWhatOneOrganizationSays() {
    save(RetentionPolicy.ofDays(1, 3_650));

    assertThat(policies().find(ACME.id())).contains(RetentionPolicy.ofDays(1, 3_650));
    assertThat(policies().find(GLOBEX.id())).isEmpty();
  }

  @Test
  void keepsThatSomethingIsKeptForEver() {
    var policy = new RetentionPolicy(Optional.empty(), Optional.of(7));
    save(policy);
    assertThat(policies().find(ACME.id())).contains(policy);

    var never = new RetentionPolicy(Optional.empty(), Optional.empty());
    save(never);
    assertThat(policies().find(ACME.id())).contains(never);
  }

  @Test
  void forgetsWhatWasSaidBefore() {
    save(RetentionPolicy.ofDays(1, 2));
    save(RetentionPolicy.ofDays(3, 4));

    assertThat(policies().find(ACME.id())).contains(RetentionPolicy.ofDays(3, 4));
  }

  @Test
  void removesAndSaysWhetherThereWasAnything() {
    save(RetentionPolicy.USUAL);

    assertThat(remove()).isTrue();
    assertThat(remove()).isFalse();
    assertThat(policies().find(ACME.id())).isEmpty();
  }

  private void save(RetentionPolicy policy) {
    stores().write(() -> policies().save(ACME.id(), policy));
  }

  private boolean remove() {
    return stores().transactions().inTransaction(() -> policies().remove(ACME.id()));
  }

  private RetentionPolicies policies() {
    return stores().retentionPolicies();
  }
}
