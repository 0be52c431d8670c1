package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.AtOnce;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many who enqueue the same at once, and do not know of each other. */
@Timeout(300)
final class EnqueueOnceIT {

  private static final int REQUESTS = 1_000;
  private static final int KEYS = 100;
  private static final String JOB = "{'kind':'mail.send','input':{'number':%s}";

  @Nested
  final class OnSqlite extends Contract {

    @RegisterExtension final Installation installation = Installation.onSqlite();

    @Override
    Installation installation() {
      return installation;
    }
  }

  @Nested
  final class OnPostgres extends Contract {

    @RegisterExtension final Installation installation = Installation.onPostgres();

    @Override
    Installation installation() {
      return installation;
    }
  }

  abstract static class Contract {

    abstract Installation installation();

    @Test
    void makesOneRunOfEachKeyWhereverTheKeyStands() throws Exception {
      var client = installation().start().client();

      var answers = AtOnce.with(REQUESTS, number -> enqueue(client, number));

      assertThat(answers).extracting(Client.Answer::status).containsOnly(200, 201);
      assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(KEYS);
      var idsOfKey =
          answers.stream()
              .collect(
                  Collectors.groupingBy(
                      answer -> answer.textAt("/idempotencyKey"),
                      Collectors.mapping(Client.Answer::id, Collectors.toSet())));
      assertThat(idsOfKey).hasSize(KEYS).allSatisfy((_, ids) -> assertThat(ids).hasSize(1));
      var claimed = client.post("/v1/runs:claim", "{'workerId':'w','limit':100}").is(200);
      assertThat(claimed.at("/runs")).hasSize(KEYS);
      assertThat(client.post("/v1/runs:claim", "{'workerId':'w'}").is(200).at("/runs")).isEmpty();
    }

    private static Client.Answer enqueue(Client client, int number) {
      var key = "key-" + number % KEYS;
      return number / KEYS % 2 == 0
          ? client.with("Idempotency-Key", key).post("/v1/runs", JOB + "}", number % KEYS)
          : client.post("/v1/runs", JOB + ",'idempotencyKey':'%s'}", number % KEYS, key);
    }
  }
}
