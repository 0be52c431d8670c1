package dev.runs.application.idempotency;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.GLOBEX;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.AtOnce;
import dev.runs.application.UseCaseTest;
import dev.runs.application.idempotency.AnswerOnce.Answer;
import dev.runs.application.idempotency.AnswerOnce.AnsweredMeanwhile;
import dev.runs.application.idempotency.KeptAnswers.KeptAnswer;
import dev.runs.application.idempotency.KeptAnswers.Scope;
import dev.runs.domain.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AnswerOnceTest extends UseCaseTest {

  private static final Scope SCOPE = new Scope(ACME.id(), "key");

  private final AnswerOnce once = new AnswerOnce(world.keptAnswers(), world.transactions(), clock);

  @Test
  void keepsTheAnswerInTheTransactionOfTheEffect() {
    create(root(1), "request");

    assertThat(once.earlier(SCOPE, "request"))
        .contains(
            new KeptAnswer(
                SCOPE, "request", 201, "text/plain", root(1).id().toString(), clock.instant()));
  }

  @Test
  void keepsNothingOfAnEffectThatFailed() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() ->
            world
                .transactions()
                .inTransaction(
                    once.<Run>receipt(SCOPE, "request", AnswerOnceTest::rendered),
                    () -> {
                      throw new IllegalArgumentException("refused");
                    }));

    assertThat(once.earlier(SCOPE, "request")).isEmpty();
    create(root(1), "request");
    assertThat(isThere(root(1))).isTrue();
  }

  @Test
  void undoesTheEffectWhenItCannotBeAnswered() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() ->
            world
                .transactions()
                .inTransaction(
                    once.<Run>receipt(
                        SCOPE,
                        "request",
                        _ -> {
                          throw new IllegalArgumentException("cannot be rendered");
                        }),
                    () -> added(root(1))));

    assertThat(isThere(root(1))).isFalse();
  }

  @Test
  void doesNothingTwice() {
    create(root(1), "request");

    assertThatExceptionOfType(AnsweredMeanwhile.class)
        .isThrownBy(() -> create(root(2), "request"))
        .satisfies(
            answered -> assertThat(answered.answer().body()).isEqualTo(root(1).id().toString()));
    assertThat(isThere(root(2))).isFalse();
  }

  @Test
  void doesOneOfManyThatComeAtTheSameMoment() {
    var answers =
        AtOnce.with(
            8,
            i -> {
              try {
                return create(root(i + 1), "request").id().toString();
              } catch (AnsweredMeanwhile e) {
                return e.answer().body();
              }
            });

    assertThat(answers).containsOnly(answers.getFirst());
    assertThat(world.runs().findAll(PLATFORM.reach(), List.of(root(1).id(), root(2).id())))
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void refusesAnotherRequestOfTheSameKey() {
    create(root(1), "request");

    assertThatExceptionOfType(IdempotencyRejected.OtherRequest.class)
        .isThrownBy(() -> once.earlier(SCOPE, "another request"));
    assertThatExceptionOfType(IdempotencyRejected.OtherRequest.class)
        .isThrownBy(() -> create(root(2), "another request"));
  }

  @Test
  void keepsTheKeysOfOrganizationsApart() {
    create(root(1), "request");

    assertThat(once.earlier(new Scope(GLOBEX.id(), SCOPE.key()), "other")).isEmpty();
    assertThat(once.earlier(new Scope(ACME.id(), "other key"), "other")).isEmpty();
  }

  @Test
  void forgetsAfterTwentyFourHours() {
    create(root(1), "request");

    clock.advance(Duration.ofHours(24));
    assertThat(once.earlier(SCOPE, "request")).isPresent();
    clock.advance(Duration.ofNanos(1_000));
    assertThat(once.earlier(SCOPE, "another request")).isEmpty();

    create(root(2), "another request");
    assertThat(once.earlier(SCOPE, "another request")).isPresent();
  }

  @Test
  void removesWhatNobodyMayAskForAnyMore() {
    keepMany(501, clock.instant());
    clock.advance(Duration.ofHours(24));
    assertThat(once.forgetOld()).isFalse();
    assertThat(world.keptAnswers().find(new Scope(ACME.id(), "0"), Instant.EPOCH)).isPresent();

    clock.advance(Duration.ofSeconds(1));

    assertThat(once.forgetOld()).isTrue();
    assertThat(once.forgetOld()).isFalse();
    for (var i = 0; i < 501; i++) {
      assertThat(world.keptAnswers().find(new Scope(ACME.id(), "" + i), Instant.EPOCH)).isEmpty();
    }
  }

  @Test
  void lendsAKeyToOneRequestAtATime() {
    try (var _ = once.begin(SCOPE)) {
      assertThatExceptionOfType(IdempotencyRejected.InFlight.class)
          .isThrownBy(() -> once.begin(SCOPE).close());
      once.begin(new Scope(ACME.id(), "other key")).close();
    }

    once.begin(SCOPE).close();
  }

  @Test
  void refusesWhileAnotherNodeIsAtIt() {
    var elsewhere =
        new AnswerOnce(new LockedElsewhere(world.keptAnswers()), world.transactions(), clock);

    assertThatExceptionOfType(IdempotencyRejected.InFlight.class)
        .isThrownBy(() ->
            world
                .transactions()
                .inTransaction(
                    elsewhere.<Run>receipt(SCOPE, "request", AnswerOnceTest::rendered),
                    () -> added(root(1))));
    assertThat(isThere(root(1))).isFalse();
  }

  private Run create(Run run, String fingerprint) {
    return world
        .transactions()
        .inTransaction(
            once.receipt(SCOPE, fingerprint, AnswerOnceTest::rendered), () -> added(run));
  }

  private Run added(Run run) {
    world.runs().addAll(List.of(run));
    return run;
  }

  private void keepMany(int answers, Instant at) {
    world.write(() -> {
      for (var i = 0; i < answers; i++) {
        world
            .keptAnswers()
            .keep(new KeptAnswer(new Scope(ACME.id(), "" + i), "f", 200, "text/plain", "", at));
      }
    });
  }

  private static Answer rendered(Run run) {
    return new Answer(201, "text/plain", run.id().toString());
  }

  /** Answers on whose scopes another node is always at work. */
  private record LockedElsewhere(KeptAnswers answers) implements KeptAnswers {

    @Override
    public boolean tryLock(Scope scope) {
      return false;
    }

    @Override
    public Optional<KeptAnswer> find(Scope scope, Instant oldest) {
      return answers.find(scope, oldest);
    }

    @Override
    public void keep(KeptAnswer answer) {
      answers.keep(answer);
    }

    @Override
    public int forget(Instant before, int most) {
      return answers.forget(before, most);
    }
  }
}
