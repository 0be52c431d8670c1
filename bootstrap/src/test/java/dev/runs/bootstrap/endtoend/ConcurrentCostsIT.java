package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.AtOnce;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many who write at once, under one root and about one thing. */
@Timeout(240)
final class ConcurrentCostsIT {

  private static final String TOKEN = "token";

  /** Of a tracker that counts in the smallest unit there is. */
  private static final String CENTS_PER_TOKEN = "0.0000000007";

  private static final int WRITERS = 16;
  private static final int REQUESTS_PER_WRITER = 80;

  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  final class OnSqlite extends Contract {
    OnSqlite() {
      super(Installation.onSqlite());
    }
  }

  @Nested
  @TestInstance(Lifecycle.PER_CLASS)
  final class OnPostgres extends Contract {
    OnPostgres() {
      super(Installation.onPostgres());
    }
  }

  abstract static class Contract {

    @RegisterExtension final OncePerClass once;

    private Client client;

    @SuppressWarnings("NullAway.Init") // before all tests
    Contract(Installation installation) {
      this.once = new OncePerClass(installation);
    }

    @BeforeAll
    void startServer() throws IOException {
      client = once.start().client();
    }

    @Test
    void everyReadIsExactWhileManyWrite() throws Exception {
      var tracker = Tracker.ofNewOrganization(client);
      tracker.price(TOKEN, CENTS_PER_TOKEN);
      var leaves = tree(tracker);
      var writing = new AtomicInteger(WRITERS);

      AtOnce.with(
          WRITERS + 1,
          number -> {
            if (number < WRITERS) {
              write(tracker, leaves.get(number), number);
              writing.decrementAndGet();
            } else {
              readWhile(writing, tracker, leaves);
            }
            return number;
          });

      checkFinal(tracker, leaves);
      tracker.awaitFolded();
      checkFinal(tracker, leaves);
      tracker.checkAudit();
    }

    @Test
    void organizationsAndUsersThatManyRegisterAtOnceAreMadeOnce() throws Exception {
      for (var round = 1; round <= 5; round++) {
        var organization =
            theOneOf(client, "/v1/organizations", "{'externalId':'org_%s'}".formatted(round));
        theOneOf(
            client,
            "/v1/users",
            "{'externalId':'user','organizationId':'%s'}".formatted(organization));
      }
    }

    @Test
    void organizationsAndUsersThatManyRunsNameAtOnceAreMadeOnce() throws Exception {
      var run =
          "{'clerkOrgId':'org','appId':'app','serviceName':'s','taskName':'t','clerkUserId':'u'}";

      var answers = AtOnce.with(WRITERS, _ -> client.post("/v1/runs", run).is(201));

      assertThat(answers)
          .extracting(answer -> answer.textAt("/organizationId"))
          .containsOnly(answers.getFirst().textAt("/organizationId"));
      assertThat(answers)
          .extracting(answer -> answer.textAt("/userId"))
          .containsOnly(answers.getFirst().textAt("/userId"));
    }

    @Test
    void aTreeThatIsDeletedWhileManyWriteInItLeavesNothingBehind() throws Exception {
      var tracker = Tracker.ofNewOrganization(client);
      tracker.price(TOKEN, CENTS_PER_TOKEN);
      var root = tracker.root();
      var kept = tracker.child(root);
      var doomed = tracker.child(root);
      var deletion = new DeletionAmongWriters(tracker, kept, family(tracker, doomed));

      deletion.run();

      var expected = cents(deletion.kept().get());
      Await.until(
          () -> tracker.show(root).is(200),
          shown ->
              shown.decimalAt("/totalCostInUsdCents").compareTo(expected) == 0
                  && shown.at("/descendantCounts/running").asInt() == 1);
      tracker.awaitFolded();
      var shown = tracker.show(root).is(200);
      assertThat(shown.decimalAt("/totalCostInUsdCents")).isEqualByComparingTo(expected);
      assertThat(shown.at("/descendantCounts").toString()).isEqualTo("{\"running\":1}");
      assertThat(tracker.below(root)).containsOnlyKeys(kept);
      deletion.seen().forEach(run -> tracker.show(run).is(404));
      assertThat(listed(tracker)).containsExactlyInAnyOrder(root, kept);
      assertThat(summarized(tracker)).isEqualByComparingTo(expected);
      tracker.checkAudit();
    }
  }

  /**
   * A node of the tree that is written to, with the tokens that it and everything below it have.
   *
   * @param above those above it, its parent first
   * @param begun of all requests that were sent
   * @param acknowledged of all requests that were answered
   */
  private record Node(String run, List<Node> above, AtomicLong begun, AtomicLong acknowledged) {

    static Node of(String run, List<Node> above) {
      return new Node(run, above, new AtomicLong(), new AtomicLong());
    }

    /** The node itself, and those above it up to the root. */
    List<Node> upwards() {
      return Stream.concat(Stream.of(this), above.stream()).toList();
    }

    Node parent() {
      return above.getFirst();
    }

    Node root() {
      return above.getLast();
    }
  }

  /** The 16 leaves of a tree of depth 4: a root, two below it, two below each, four below each. */
  private static List<Node> tree(Tracker tracker) {
    var level = List.of(Node.of(tracker.root(), List.of()));
    for (var children : List.of(2, 2, 4)) {
      level =
          level.stream()
              .flatMap(above ->
                  IntStream.range(0, children)
                      .mapToObj(_ -> Node.of(tracker.child(above.run()), above.upwards())))
              .toList();
    }
    return level;
  }

  private static void write(Tracker tracker, Node leaf, int number) {
    for (var i = 1; i <= REQUESTS_PER_WRITER; i++) {
      var node = i % 4 == 0 ? leaf.parent() : leaf;
      var tokens = (long) i * (number + 1);
      node.upwards().forEach(each -> each.begun().addAndGet(tokens));
      tracker.book(node.run(), TOKEN, tokens).is(201);
      node.upwards().forEach(each -> each.acknowledged().addAndGet(tokens));
    }
  }

  private static void readWhile(AtomicInteger writing, Tracker tracker, List<Node> leaves) {
    var inner = leaves.get(WRITERS - 1).parent();
    var last = new HashMap<String, BigDecimal>();
    while (writing.get() > 0) {
      for (var node : inner.upwards()) {
        var least = cents(node.acknowledged().get());
        var total = tracker.show(node.run()).is(200).decimalAt("/totalCostInUsdCents");
        var most = cents(node.begun().get());
        assertThat(total).isBetween(least, most);
        assertThat(total).isGreaterThanOrEqualTo(last.getOrDefault(node.run(), BigDecimal.ZERO));
        last.put(node.run(), total);
      }
    }
    assertThat(last.get(inner.root().run())).isPositive();
  }

  private static void checkFinal(Tracker tracker, List<Node> leaves) {
    leaves.stream()
        .flatMap(leaf -> leaf.upwards().stream())
        .distinct()
        .forEach(node -> {
          var shown = tracker.show(node.run()).is(200);
          assertThat(shown.decimalAt("/totalCostInUsdCents"))
              .isEqualByComparingTo(cents(node.acknowledged().get()))
              .isEqualByComparingTo(
                  shown
                      .decimalAt("/ownCostInUsdCents")
                      .add(shown.decimalAt("/childrenCostInUsdCents")));
          assertThat(shown.decimalAt("/costsByName/0/totalQuantity"))
              .isEqualByComparingTo(BigDecimal.valueOf(node.acknowledged().get()));
        });
  }

  private static BigDecimal cents(long tokens) {
    return new BigDecimal(CENTS_PER_TOKEN).multiply(BigDecimal.valueOf(tokens));
  }

  /** What all of many get that ask for it at once. Exactly one of them makes it. */
  private static String theOneOf(Client client, String path, String body) {
    var answers = AtOnce.with(WRITERS, _ -> client.post(path, body));
    assertThat(answers).extracting(Client.Answer::status).containsOnly(200, 201);
    assertThat(answers).extracting(Client.Answer::status).containsOnlyOnce(201);
    assertThat(answers).extracting(Client.Answer::id).containsOnly(answers.getFirst().id());
    return answers.getFirst().id();
  }

  /** The run itself with five below it and five below each of those. */
  private static List<String> family(Tracker tracker, String run) {
    var family = new ArrayList<>(List.of(run));
    for (var i = 0; i < 5; i++) {
      var child = tracker.child(run);
      family.add(child);
      for (var j = 0; j < 5; j++) {
        family.add(tracker.child(child));
      }
    }
    return family;
  }

  private static List<String> listed(Tracker tracker) {
    return tracker
        .client()
        .get("/v1/runs?limit=200&organizationId=" + tracker.organization())
        .is(200)
        .at("/runs")
        .valueStream()
        .map(run -> run.at("/id").asString())
        .toList();
  }

  /** All that the lines of the organization add up to, without the ledger. */
  private static BigDecimal summarized(Tracker tracker) {
    return tracker
        .client()
        .get("/v1/runs/summary?groupBy=costName&organizationId=" + tracker.organization())
        .is(200)
        .decimalAt("/breakdown/0/totalCostInUsdCents");
  }

  /**
   * Some write below a run until it is gone, others beside it until those have ended.
   *
   * @param doomed the run that is deleted, and all that stand below it at first
   * @param seen everything that ever was below it
   * @param kept tokens that were booked beside it
   */
  private record DeletionAmongWriters(
      Tracker tracker,
      String keptRun,
      List<String> doomed,
      Set<String> seen,
      AtomicLong kept,
      CountDownLatch written,
      AtomicInteger writing,
      AtomicBoolean isDeleted) {

    private static final int WRITERS_BELOW = 8;
    private static final int WRITERS_BESIDE = 2;
    private static final int WRITTEN_BEFORE = 100;

    DeletionAmongWriters(Tracker tracker, String keptRun, List<String> doomed) {
      this(
          tracker,
          keptRun,
          doomed,
          ConcurrentHashMap.newKeySet(),
          new AtomicLong(),
          new CountDownLatch(WRITTEN_BEFORE),
          new AtomicInteger(WRITERS_BELOW),
          new AtomicBoolean());
    }

    void run() {
      seen.addAll(doomed);
      AtOnce.with(
          WRITERS_BELOW + WRITERS_BESIDE + 1,
          number -> {
            if (number == 0) {
              delete();
            } else if (number <= WRITERS_BELOW) {
              writeBelow(number);
              writing.decrementAndGet();
            } else {
              writeBeside();
            }
            return number;
          });
    }

    private void delete() {
      try {
        assertThat(written.await(2, TimeUnit.MINUTES)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
      assertThat(tracker.client().delete("/v1/runs/" + doomed.getFirst()).status()).isIn(202, 204);
      isDeleted.set(true);
    }

    private void writeBelow(int number) {
      for (var i = number; ; i++) {
        var parent = doomed.get(i % doomed.size());
        var wasDeleted = isDeleted.get();
        var made = tracker.askForChild(parent);
        if (made.status() == 404) {
          tracker.book(parent, TOKEN, 1).is(404);
          return;
        }
        assertThat(wasDeleted).isFalse();
        seen.add(made.is(201).id());
        var booked = tracker.book(made.id(), TOKEN, i);
        if (booked.status() == 404) {
          tracker.askForChild(parent).is(404);
          return;
        }
        booked.is(201);
        written.countDown();
      }
    }

    private void writeBeside() {
      while (writing.get() > 0) {
        tracker.book(keptRun, TOKEN, 3).is(201);
        kept.addAndGet(3);
      }
    }
  }
}
