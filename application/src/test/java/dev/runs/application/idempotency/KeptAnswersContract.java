package dev.runs.application.idempotency;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.StoresContract;
import dev.runs.application.idempotency.KeptAnswers.KeptAnswer;
import dev.runs.application.idempotency.KeptAnswers.Scope;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every store of answers promises. */
public abstract class KeptAnswersContract extends StoresContract {

  private static final Scope SCOPE = new Scope(ACME.id(), "a key !~");

  @Test
  void givesBackAnAnswerAsItWas() {
    var answer =
        new KeptAnswer(
            SCOPE,
            "POST /v1/runs 'x'",
            201,
            "application/json",
            "{ \"b\" : 1.0,\n \"a\":\"é𝄞\" }",
            NOON.plusNanos(123_456_000));

    keep(answer);

    assertThat(stores().keptAnswers().find(SCOPE, NOON)).contains(answer);
  }

  @Test
  void keepsALargeBodyAndAnEmptyOne() {
    var large = new KeptAnswer(SCOPE, "f", 200, "text/plain", "x".repeat(3_000_000), NOON);
    var empty = new KeptAnswer(new Scope(ACME.id(), "other"), "f", 204, "", "", NOON);

    keep(large);
    keep(empty);

    assertThat(stores().keptAnswers().find(SCOPE, NOON)).contains(large);
    assertThat(stores().keptAnswers().find(empty.scope(), NOON)).contains(empty);
  }

  @Test
  void findsNothingThatIsOlderThanAsked() {
    keep(answer(SCOPE, NOON));

    assertThat(stores().keptAnswers().find(SCOPE, NOON)).isPresent();
    assertThat(stores().keptAnswers().find(SCOPE, NOON.plusNanos(1_000))).isEmpty();
  }

  @Test
  void findsNothingOfAnotherOrganizationOrKey() {
    keep(answer(SCOPE, NOON));

    assertThat(stores().keptAnswers().find(new Scope(GLOBEX.id(), SCOPE.key()), NOON)).isEmpty();
    assertThat(stores().keptAnswers().find(new Scope(ACME.id(), "A KEY !~"), NOON)).isEmpty();
  }

  @Test
  void keepsTheLaterAnswerInPlaceOfTheEarlier() {
    keep(answer(SCOPE, NOON));
    var later = new KeptAnswer(SCOPE, "other", 409, "text/plain", "no", NOON.plusSeconds(1));

    keep(later);

    assertThat(stores().keptAnswers().find(SCOPE, NOON)).contains(later);
  }

  @Test
  void forgetsSomeOfTheOldOnesAndSaysHowMany() {
    for (var i = 0; i < 5; i++) {
      keep(answer(new Scope(ACME.id(), "old " + i), NOON.minusSeconds(i + 1)));
    }
    keep(answer(SCOPE, NOON));

    assertThat(forget(NOON, 3)).isEqualTo(3);
    assertThat(forget(NOON, 3)).isEqualTo(2);
    assertThat(forget(NOON, 3)).isZero();
    assertThat(stores().keptAnswers().find(SCOPE, NOON)).isPresent();
  }

  @Test
  void letsOneWorkOnAScopeAgainWhenItsTransactionHasEnded() {
    for (var i = 0; i < 3; i++) {
      assertThat(
              stores()
                  .transactions()
                  .<Boolean>inTransaction(() -> stores().keptAnswers().tryLock(SCOPE)))
          .isTrue();
    }
  }

  private void keep(KeptAnswer answer) {
    stores().write(() -> stores().keptAnswers().keep(answer));
  }

  private int forget(Instant before, int most) {
    return stores().transactions().inTransaction(() -> stores().keptAnswers().forget(before, most));
  }

  private static KeptAnswer answer(Scope scope, Instant at) {
    return new KeptAnswer(scope, "f", 200, "text/plain", "yes", at);
  }
}
