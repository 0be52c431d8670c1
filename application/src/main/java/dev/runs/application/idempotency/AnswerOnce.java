package dev.runs.application.idempotency;

import dev.runs.application.Receipt;
import dev.runs.application.Transactions;
import dev.runs.application.idempotency.KeptAnswers.KeptAnswer;
import dev.runs.application.idempotency.KeptAnswers.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Answers a request that carries a key once and repeats that answer afterwards. <em>Source: the
 * IETF draft on the Idempotency-Key header.</em>
 *
 * <p>The first answer is written in the transaction of the effect and nothing before it, so a
 * request that was refused, or died on the way, may simply be sent again.
 */
public final class AnswerOnce {

  /** How long an answer is kept. */
  public static final Duration KEPT = Duration.ofHours(24);

  private static final int FORGOTTEN_AT_ONCE = 500;

  /** A request of this node that is being done. */
  public interface InFlight extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * An answer as it is sent.
   *
   * @param status as in HTTP
   */
  public record Answer(int status, String contentType, String body) {}

  /** Somebody else was quicker with the same request; here is what was answered. */
  public static final class AnsweredMeanwhile extends RuntimeException {
    private final transient KeptAnswer answer;

    private AnsweredMeanwhile(KeptAnswer answer) {
      super("the request was answered meanwhile", null, false, false);
      this.answer = answer;
    }

    public KeptAnswer answer() {
      return answer;
    }
  }

  private final KeptAnswers answers;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Set<Scope> inFlight = ConcurrentHashMap.newKeySet();

  public AnswerOnce(KeptAnswers answers, Transactions transactions, InstantSource clock) {
    this.answers = answers;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Takes the key for this request until it is closed.
   *
   * @throws IdempotencyRejected.InFlight when another request of this node has it
   */
  public InFlight begin(Scope scope) {
    if (!inFlight.add(scope)) {
      throw new IdempotencyRejected.InFlight();
    }
    return () -> inFlight.remove(scope);
  }

  /**
   * What was answered to the same request before.
   *
   * @throws IdempotencyRejected.OtherRequest when the key was used for another one
   */
  public Optional<KeptAnswer> earlier(Scope scope, String fingerprint) {
    return answers
        .find(scope, clock.instant().minus(KEPT))
        .map(answer -> sameRequest(answer, fingerprint));
  }

  /**
   * Keeps the answer in the transaction of the effect.
   *
   * @param rendered makes the answer of the result
   */
  public <T> Receipt<T> receipt(Scope scope, String fingerprint, Function<T, Answer> rendered) {
    return new Receipt<>() {
      @Override
      public void open() {
        if (!answers.tryLock(scope)) {
          throw new IdempotencyRejected.InFlight();
        }
        earlier(scope, fingerprint)
            .ifPresent(answer -> {
              throw new AnsweredMeanwhile(answer);
            });
      }

      @Override
      public void record(T result) {
        var answer = rendered.apply(result);
        answers.keep(
            new KeptAnswer(
                scope,
                fingerprint,
                answer.status(),
                answer.contentType(),
                answer.body(),
                clock.instant()));
      }
    };
  }

  /**
   * Removes some answers that nobody may ask for any more.
   *
   * @return whether there may be more of them
   */
  public boolean forgetOld() {
    var oldest = clock.instant().minus(KEPT);
    return transactions.inTransaction(() -> answers.forget(oldest, FORGOTTEN_AT_ONCE))
        == FORGOTTEN_AT_ONCE;
  }

  private static KeptAnswer sameRequest(KeptAnswer answer, String fingerprint) {
    if (!answer.fingerprint().equals(fingerprint)) {
      throw new IdempotencyRejected.OtherRequest();
    }
    return answer;
  }
}
