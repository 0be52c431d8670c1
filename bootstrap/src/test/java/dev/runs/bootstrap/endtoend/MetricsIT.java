package dev.runs.bootstrap.endtoend;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.bootstrap.tracing.CollectorStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What a server says of itself and of its runs, to Prometheus and to a collector of traces. */
@Timeout(240)
final class MetricsIT {

  private static final Path TABLE =
      Path.of(System.getProperty("runs.root")).resolve("docs/metrics.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\| (\\w+) \\| ([^|]*) \\|");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
  private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z0-9_]+)(?:\\{(.*)})? (\\S+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  /** What depends on the collector of garbage, and on whether it had anything to do. */
  private static final String OF_GARBAGE = "jvm_gc_";

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
    void countsAndTimesAndTracesWhatRunsDo() throws IOException {
      try (var collector = new CollectorStandIn()) {
        var server =
            installation()
                .start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address().toString()));
        var platform = server.client();
        var organization = platform.post("/v1/organizations", "{'externalId':'acme'}").is(201).id();
        var acme = platform.with("X-Organization-Id", organization);

        enqueue(acme, "mail", "");
        enqueue(acme, "mail", "");
        enqueue(acme, "mail", "");
        enqueue(acme, "mail", ",'scheduledAt':'" + tomorrow() + "'");
        var succeeded = claimed(acme, "mail");
        say(acme, succeeded, "succeed", "");
        var released = claimed(acme, "mail");
        say(acme, released, "release", "");
        claimed(acme, "mail");
        enqueue(acme, "sync", ",'maxAttempts':1");
        var failed = claimed(acme, "sync");
        say(acme, failed, "fail", ",'error':'no'");
        enqueue(acme, "slow", ",'maxAttempts':1");
        acme.post("/v1/runs:claim", "{'workerId':'w','kinds':['slow'],'leaseSeconds':1}").is(200);

        Await.until(
            () -> scraped(platform),
            seen ->
                "1.0".equals(seen.get("runs_queue_leases_reaped_total{outcome=\"lost\"}"))
                    && "1.0".equals(seen.get("runs_queue_depth{kind=\"mail\",state=\"running\"}"))
                    && !seen.containsKey("runs_queue_depth{kind=\"slow\",state=\"running\"}")
                    && "3.0".equals(seen.get("runs_spans_total{outcome=\"sent\"}")));

        assertThat(scraped(platform))
            .containsEntry("runs_queue_depth{kind=\"mail\",state=\"ready\"}", "1.0")
            .containsEntry("runs_queue_depth{kind=\"mail\",state=\"delayed\"}", "1.0")
            .containsEntry("runs_queue_depth_complete", "1.0")
            .containsKey("runs_queue_oldest_ready_seconds{kind=\"mail\"}")
            .containsEntry("runs_queue_wait_seconds_count{kind=\"mail\"}", "3")
            .containsEntry("runs_queue_attempts_total{kind=\"mail\",outcome=\"succeeded\"}", "1.0")
            .containsEntry("runs_queue_attempts_total{kind=\"mail\",outcome=\"released\"}", "1.0")
            .containsEntry("runs_queue_attempts_total{kind=\"sync\",outcome=\"failed\"}", "1.0")
            .containsEntry("runs_queue_attempts_total{kind=\"slow\",outcome=\"lost\"}", "1.0")
            .containsEntry(
                "runs_queue_attempt_seconds_count{kind=\"sync\",outcome=\"failed\"}", "1")
            .containsEntry("runs_queue_ended_total{kind=\"mail\",state=\"succeeded\"}", "1.0")
            .containsEntry("runs_queue_ended_total{kind=\"slow\",state=\"failed\"}", "1.0")
            .containsEntry("runs_spans_total{outcome=\"dropped\"}", "0.0")
            .containsEntry(
                "http_server_requests_seconds_count{method=\"POST\",route=\"/v1/runs\","
                    + "status=\"201\"}",
                "6");
        assertThat(collector.spans())
            .extracting(span -> span.getName() + " " + span.getStatus().getMessage())
            .containsExactlyInAnyOrder("mail ", "sync user", "slow lost");
        assertThat(asIs(platform)).isEqualTo(documented(asIs(platform)));
      }
    }
  }

  /**
   * What the table says of each metric: its type and its labels.
   *
   * @param there what may be left out when it is not there
   */
  private static Map<String, String> documented(Map<String, String> there) throws IOException {
    var rows = new TreeMap<String, String>();
    var found = ROW.matcher(Files.readString(TABLE));
    while (found.find()) {
      if (!found.group(1).startsWith(OF_GARBAGE) || there.containsKey(found.group(1))) {
        rows.put(found.group(1), found.group(2) + " " + found.group(3).replace("`", ""));
      }
    }
    return rows;
  }

  private static Map<String, String> asIs(Client client) {
    var text = client.get("/metrics").is(200).text();
    var types = new TreeMap<String, String>();
    TYPE.matcher(text).results().forEach(type -> types.put(type.group(1), type.group(2)));
    var labels = new TreeMap<String, TreeSet<String>>();
    SAMPLE
        .matcher(text)
        .results()
        .filter(sample -> sample.group(2) != null)
        .forEach(sample -> {
          var name = sample.group(1);
          var family = types.containsKey(name) ? name : name.replaceAll("_(bucket|sum|count)$", "");
          LABEL
              .matcher(sample.group(2))
              .results()
              .forEach(label ->
                  labels.computeIfAbsent(family, _ -> new TreeSet<>()).add(label.group(1)));
        });
    types.replaceAll((name, type) ->
        type
            + " "
            + labels.getOrDefault(name, new TreeSet<>()).stream()
                .filter(label -> !label.equals("le"))
                .collect(joining(", ")));
    return types;
  }

  private static Map<String, String> scraped(Client client) {
    var samples = new LinkedHashMap<String, String>();
    for (var line : client.get("/metrics").is(200).text().lines().toList()) {
      if (!line.startsWith("#")) {
        var value = line.lastIndexOf(' ');
        samples.put(line.substring(0, value), line.substring(value + 1));
      }
    }
    return samples;
  }

  private static Instant tomorrow() {
    return Instant.now().plus(Duration.ofDays(1));
  }

  private static void enqueue(Client client, String kind, String more) {
    client.post("/v1/runs", "{'kind':'" + kind + "'" + more + "}").is(201);
  }

  private static JsonNode claimed(Client client, String kind) {
    var answer =
        client.post("/v1/runs:claim", "{'workerId':'w','kinds':['" + kind + "'],'waitSeconds':5}");
    return answer.is(200).at("/runs/0");
  }

  private static void say(Client client, JsonNode run, String verb, String more) {
    client
        .post(
            "/v1/runs/" + run.at("/id").asString() + ":" + verb,
            "{'workerId':'w','attempt':%s,'leaseToken':'%s'" + more + "}",
            run.at("/attempt").asInt(),
            run.at("/lease/leaseToken").asString())
        .is(200);
  }
}
