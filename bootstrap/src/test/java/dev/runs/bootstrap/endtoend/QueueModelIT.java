package dev.runs.bootstrap.endtoend;

import dev.runs.application.queue.QueueStory;
import dev.runs.domain.Seeded;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Compares what a server answers with a plain model of the queue. Time passes by itself here;
 * leases that end and runs that are put off are compared where time can be set.
 */
@Timeout(600)
final class QueueModelIT {

  private static final int OPERATIONS = 2_000;
  private static final int SEEDS = 2;

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
    void answersAsTheModelSays() throws Exception {
      var queue = new HttpQueueClient(installation().start().client());

      Seeded.check(
          SEEDS,
          random -> {
            var story = new QueueStory(random, queue, InstantSource.system(), Optional.empty());
            story.tell(OPERATIONS / SEEDS);
            story.end();
          });
    }
  }
}
