package dev.runs.bootstrap.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.AtOnce;
import dev.runs.application.access.BelievedKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Teams and their keys, through real HTTP; on PostgreSQL with two nodes. */
@Timeout(120)
final class KeysIT {

  private static final int CALLERS = 8;

  /** Revoked keys are tried without a pause here. */
  private static final Map<String, String> NO_LIMIT =
      Map.of("RUNS_RATE_LIMIT_REFUSED_KEYS_PER_ADDRESS", "unlimited");

  @Nested
  final class OnSqlite extends Contract {

    @RegisterExtension final Installation installation = Installation.onSqlite();

    @Override
    List<Server> nodes() throws IOException {
      return List.of(installation.start(NO_LIMIT));
    }
  }

  @Nested
  final class OnPostgres extends Contract {

    @RegisterExtension final Installation installation = Installation.onPostgres();

    @Override
    List<Server> nodes() throws IOException {
      return List.of(installation.start(NO_LIMIT), installation.start(NO_LIMIT));
    }
  }

  abstract static class Contract {

    private final AtomicInteger named = new AtomicInteger();

    abstract List<Server> nodes() throws IOException;

    @Test
    void aKeyIsRotatedAndRevokedWhileManyCallWithIt() throws Exception {
      var nodes = nodes();
      var platform = nodes.getFirst().client();
      var team = team(platform, organization(platform));
      var keys = "/v1/teams/" + team + "/keys";
      var first = platform.post(keys, "{'name':'k','scopes':['runs:read']}").is(201);
      var current = new AtomicReference<>(first.textAt("/key"));
      var isRevoked = new AtomicReference<>(false);

      AtOnce.with(
          CALLERS + 1,
          number -> {
            if (number < CALLERS) {
              while (!isRevoked.get()) {
                call(nodes.get(number % nodes.size()), current.get()).is(200);
              }
            } else {
              for (var i = 0; i < 5; i++) {
                var id = idOf(platform, keys);
                var next = platform.post(keys + "/" + id + ":rotate", "{'overlapSeconds':60}");
                current.set(next.is(201).textAt("/key"));
                call(nodes.getLast(), current.get()).is(200);
              }
              isRevoked.set(true);
            }
            return number;
          });

      platform.post(keys + "/" + idOf(platform, keys) + ":revoke", "{}").is(200);
      call(nodes.getFirst(), current.get()).is(401);
      var bound = System.nanoTime() + BelievedKeys.LONGEST.toNanos();
      while (System.nanoTime() < bound) {
        call(nodes.getLast(), current.get());
      }
      for (var node : nodes) {
        call(node, current.get()).is(401);
      }
      call(nodes.getFirst(), first.textAt("/key")).is(200);
    }

    @Test
    void twoTeamsOfTwoOrganizationsSeeNothingOfEachOther() throws Exception {
      var nodes = nodes();
      var platform = nodes.getFirst().client();
      platform.put("/v1/costs/token", "{'costPerUnitInUsdCents':1}").is(200);
      var organizations = List.of(organization(platform), organization(platform));
      var teams =
          organizations.stream()
              .map(organization -> holder(nodes, platform, organization))
              .toList();

      var made = AtOnce.with(2, number -> work(teams.get(number), organizations.get(number)));

      for (var number = 0; number < 2; number++) {
        var caller = teams.get(number);
        var own = organizations.get(number);
        var foreign = organizations.get(1 - number);
        assertThat(caller.get("/v1/runs?limit=200&organizationId=" + own).is(200).at("/runs"))
            .hasSize(made.get(number).size());
        assertThat(caller.get("/v1/runs?organizationId=" + foreign).is(200).at("/runs")).isEmpty();
        assertThat(
                caller.get("/v1/runs/summary?organizationId=" + foreign).is(200).at("/breakdown"))
            .isEmpty();
        for (var run : made.get(1 - number)) {
          caller.get("/v1/runs/" + run).is(404);
          caller.get("/v1/runs/" + run + "/tree").is(404);
          caller.get("/v1/runs/" + run + "/costs").is(404);
          caller.patch("/v1/runs/" + run, "{'status':'completed'}").is(404);
          caller.delete("/v1/runs/" + run).is(404);
          caller
              .post("/v1/runs/" + run + "/costs", "{'items':[{'costName':'token','quantity':1}]}")
              .is(404);
          caller.post("/v1/runs", newRun(own, run)).is(404);
        }
        var root = made.get(number).getFirst();
        assertThat(caller.get("/v1/runs/" + root).is(200).decimalAt("/totalCostInUsdCents"))
            .isEqualByComparingTo(String.valueOf(made.get(number).size()));
        var summary = caller.get("/v1/runs/summary?organizationId=" + own).is(200);
        assertThat(summary.at("/breakdown")).hasSize(1);
        assertThat(summary.decimalAt("/breakdown/0/totalCostInUsdCents"))
            .isEqualByComparingTo(String.valueOf(made.get(number).size()));
      }
    }

    /** A tree in which every run costs one cent. */
    private static List<String> work(Client caller, String organization) {
      var runs = new ArrayList<String>();
      for (var i = 0; i < 20; i++) {
        var parent = runs.isEmpty() ? "" : runs.get(i / 2);
        var run = caller.post("/v1/runs", newRun(organization, parent)).is(201).id();
        caller
            .post("/v1/runs/" + run + "/costs", "{'items':[{'costName':'token','quantity':1}]}")
            .is(201);
        runs.add(run);
      }
      return runs;
    }

    private static String newRun(String organization, String parent) {
      return "{'organizationId':'%s','serviceName':'s','taskName':'t','parentRunId':'%s'}"
          .formatted(organization, parent);
    }

    private Client holder(List<Server> nodes, Client platform, String organization) {
      var keys = "/v1/teams/" + team(platform, organization) + "/keys";
      var key =
          platform
              .post(keys, "{'name':'k','scopes':['runs:read','runs:write','costs:write']}")
              .is(201)
              .textAt("/key");
      return nodes.getLast().client().with("X-API-Key", key);
    }

    private String organization(Client platform) {
      return platform
          .post("/v1/organizations", "{'externalId':'organization %s'}", named.incrementAndGet())
          .is(201)
          .id();
    }

    private static String team(Client platform, String organization) {
      return platform
          .with("X-Organization-Id", organization)
          .post("/v1/teams", "{'name':'team'}")
          .is(201)
          .id();
    }

    /** The newest key of the team. */
    private static String idOf(Client platform, String keys) {
      return platform.get(keys + "?limit=1").is(200).textAt("/keys/0/id");
    }

    private static Client.Answer call(Server node, String key) {
      return node.client().with("X-API-Key", key).get("/v1/run-states");
    }
  }
}
