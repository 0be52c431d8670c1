package dev.runs.adapters.web.frame;

import dev.runs.application.Receipt;
import dev.runs.application.idempotency.AnswerOnce;
import dev.runs.application.idempotency.AnswerOnce.Answer;
import dev.runs.application.idempotency.AnswerOnce.AnsweredMeanwhile;
import dev.runs.application.idempotency.IdempotencyRejected;
import dev.runs.application.idempotency.KeptAnswers;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Forms that are done once however often they are sent: their answer holds what is shown once, and
 * whoever loads it again sends the form again. Each form carries a number of its own.
 */
@Component
public final class OneTimeForms {

  private static final Answer DONE = new Answer(204, "text/plain", "");

  private final AnswerOnce answerOnce;

  OneTimeForms(AnswerOnce answerOnce) {
    this.answerOnce = answerOnce;
  }

  /** The number for a form that is shown now. */
  public String number() {
    return UUID.randomUUID().toString();
  }

  /**
   * Does what a form asks for.
   *
   * @param number as it stood in the form
   * @param what the form is for, so that no other one takes its number
   * @param work does it, with a receipt that is kept beside the effect
   * @return what came of it; nothing when the form was done before
   * @throws IdempotencyRejected.InFlight while the same form is being done
   * @throws WrongForm when the number is none
   */
  public <T> Optional<T> once(
      Visit visit, String number, String what, Function<Receipt<T>, T> work) {
    var scope = new KeptAnswers.Scope(visit.organization(), "form:" + checked(number));
    var fingerprint = visit.person().id() + " " + what;
    try (var _ = answerOnce.begin(scope)) {
      return answerOnce.earlier(scope, fingerprint).isPresent()
          ? Optional.empty()
          : Optional.of(work.apply(answerOnce.receipt(scope, fingerprint, _ -> DONE)));
    } catch (AnsweredMeanwhile _) {
      return Optional.empty();
    }
  }

  private static UUID checked(String number) {
    try {
      return UUID.fromString(number);
    } catch (IllegalArgumentException e) {
      throw new WrongForm();
    }
  }

  /** A form that was not shown here. */
  public static final class WrongForm extends RuntimeException {
    private WrongForm() {
      super("a form without the number that it was shown with", null, false, false);
    }
  }
}
