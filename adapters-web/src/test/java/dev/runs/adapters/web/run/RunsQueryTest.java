package dev.runs.adapters.web.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.run.RunFilter;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.StateName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RunsQueryTest {

  private static final String ID = "01a20244-6eaf-7dd2-8937-9847a82863ef";

  @Test
  void meansAllRootsWhenNothingIsSaid() {
    var query = query(Map.of());

    assertThat(query.filter()).isEqualTo(RunFilter.ALL.ofRoots());
    assertThat(query.isWrong()).isFalse();
    assertThat(query.isNarrowed()).isFalse();
    assertThat(query.address()).isEqualTo("/console/runs");
  }

  @Test
  void narrowsByAllThatIsSaid() {
    var query =
        query(
            Map.ofEntries(
                entry("q", " night "),
                entry("service", "crawler"),
                entry("task", "crawl"),
                entry("user", "ada"),
                entry("brand", "nike"),
                entry("state", "failed", "running"),
                entry("from", "2026-11-22"),
                entry("to", "2026-11-22T14:30"),
                entry("all", "true")));

    assertThat(query.isWrong()).isFalse();
    assertThat(query.user()).contains(new ExternalId("ada"));
    assertThat(query.filter())
        .isEqualTo(
            RunFilter.ALL
                .in(Set.of(StateName.FAILED, StateName.RUNNING))
                .ofService("crawler")
                .ofTask("crawl")
                .matching("night")
                .labelled(new RunLabels(null, "nike", null))
                .narrowedTo(
                    Optional.empty(),
                    Optional.of(Instant.parse("2026-11-22T00:00:00Z")),
                    Optional.of(Instant.parse("2026-11-22T14:30:00Z"))));
  }

  @Test
  void looksBelowAParentAtAllLevels() {
    var query = query(Map.of("parent", new String[] {ID}));

    assertThat(query.filter()).isEqualTo(RunFilter.ALL.under(new RunId(UUID.fromString(ID))));
    assertThat(query.isOfRoots()).isFalse();
  }

  @Test
  void keepsWhatIsWrongAsItWasWrittenWithASentence() {
    var query =
        query(
            Map.ofEntries(
                entry("parent", "1"),
                entry("from", "yesterday"),
                entry("to", "+300000-01-01T00:00"),
                entry("project", "No Slug"),
                entry("q", "a\u0000b"),
                entry("state", "lost"),
                entry("service", "x".repeat(256)),
                entry("task", "crawl")));

    assertThat(query.isWrong()).isTrue();
    for (var field : Set.of("parent", "from", "to", "project", "q", "state", "service")) {
      assertThat(query.problem(field)).as(field).endsWith(".");
    }
    assertThat(query.problem("task")).isNull();
    assertThat(query.value("from")).isEqualTo("yesterday");
    assertThat(query.value("task")).isEqualTo("crawl");
  }

  @Test
  void writesAddressesThatMeanTheSame() {
    var query = query(Map.ofEntries(entry("task", "a&b=c d"), entry("state", "failed")));

    assertThat(query.address()).isEqualTo("/console/runs?task=a%26b%3Dc+d&state=failed");
    assertThat(query.addressAfter("x=")).endsWith("&state=failed&after=x%3D");
    assertThat(query.addressOf(StateName.RUNNING)).endsWith("c+d&state=running");
    assertThat(query.addressOf(StateName.FAILED)).endsWith("c+d");
    assertThat(query.addressOfAnyState()).endsWith("c+d");
    assertThat(query.addressOfLevels(true)).endsWith("&all=true");
  }

  private static Map.Entry<String, String[]> entry(String name, String... values) {
    return Map.entry(name, values);
  }

  private static RunsQuery query(Map<String, String[]> parameters) {
    return RunsQuery.of(parameters::get);
  }
}
