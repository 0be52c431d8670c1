package dev.runs.adapters.rest.idempotency;

import dev.runs.adapters.rest.json.Json;
import dev.runs.application.Receipt;
import dev.runs.application.idempotency.AnswerOnce;
import dev.runs.application.idempotency.AnswerOnce.Answer;
import dev.runs.application.idempotency.AnswerOnce.AnsweredMeanwhile;
import dev.runs.application.idempotency.KeptAnswers.KeptAnswer;
import dev.runs.application.idempotency.KeptAnswers.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Does what a request asks for once, and repeats the answer when it is sent again. */
@Component
public final class Once {

  private static final String REPLAYED = "Idempotency-Replayed";

  private final AnswerOnce answerOnce;

  Once(AnswerOnce answerOnce) {
    this.answerOnce = answerOnce;
  }

  /**
   * An answer that is not written out yet.
   *
   * @param status as in HTTP
   * @param kept what is kept of it to be repeated; the same but for secrets
   */
  public record Reply(int status, Object json, Object kept) {

    public Reply(int status, Object json) {
      this(status, json, json);
    }

    private Answer sent() {
      return new Answer(status, Json.MEDIA_TYPE, Json.text(json));
    }

    private Answer repeated() {
      return kept == json ? sent() : new Answer(status, Json.MEDIA_TYPE, Json.text(kept));
    }
  }

  /**
   * @param reply makes the answer of what was done
   * @param work does it, with a receipt that keeps the answer beside the effect
   */
  public <T> ResponseEntity<byte[]> answer(
      Submission submission, Function<T, Reply> reply, Function<Receipt<T>, T> work) {
    if (submission.scope().isEmpty()) {
      return sent(reply.apply(work.apply(Receipt.none())).sent());
    }
    var scope = submission.scope().get();
    try (var _ = answerOnce.begin(scope)) {
      var earlier = answerOnce.earlier(scope, submission.fingerprint());
      return earlier.isPresent()
          ? replayed(earlier.get())
          : sent(kept(scope, submission.fingerprint(), reply, work));
    } catch (AnsweredMeanwhile e) {
      return replayed(e.answer());
    }
  }

  /** The answer that is kept is the one that is sent, but for secrets. */
  private <T> Answer kept(
      Scope scope, String fingerprint, Function<T, Reply> reply, Function<Receipt<T>, T> work) {
    var rendered = new AtomicReference<@Nullable Answer>();
    var receipt =
        answerOnce.<T>receipt(
            scope,
            fingerprint,
            result -> {
              var answer = reply.apply(result);
              rendered.set(answer.sent());
              return answer.repeated();
            });
    var result = work.apply(receipt);
    return Optional.ofNullable(rendered.get()).orElseGet(() -> reply.apply(result).sent());
  }

  private static ResponseEntity<byte[]> sent(Answer answer) {
    return ResponseEntity.status(answer.status())
        .contentType(MediaType.parseMediaType(answer.contentType()))
        .body(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static ResponseEntity<byte[]> replayed(KeptAnswer answer) {
    return ResponseEntity.status(answer.status())
        .contentType(MediaType.parseMediaType(answer.contentType()))
        .header(REPLAYED, "true")
        .body(answer.body().getBytes(StandardCharsets.UTF_8));
  }
}
