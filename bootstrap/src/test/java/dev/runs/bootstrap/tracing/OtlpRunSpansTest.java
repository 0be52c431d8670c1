package dev.runs.bootstrap.tracing;

import static dev.runs.domain.run.RunFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.runs.application.queue.QueueFixtures;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunFailure;
import dev.runs.domain.run.RunFixtures;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunState;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OtlpRunSpansTest {

  private static final String PASSWORD = "the password is open sesame";
  private static final Run ROOT = RunFixtures.root(1);
  private static final Run FAILED =
      ROOT.ended(
          new RunState.Failed(
              NOON.plusSeconds(60), new RunFailure(RunFailure.Kind.SYSTEM, PASSWORD)));
  private static final Run SUCCEEDED =
      QueueFixtures.queuedBelow(ROOT, 2)
          .claimed(NOON.plusSeconds(5))
          .ended(new RunState.Succeeded(NOON.plusSeconds(9)));

  @Test
  void sendsATreeOfRunsAsOneTrace() throws IOException {
    try (var collector = new CollectorStandIn()) {
      try (var spans = OtlpRunSpans.to(collector.address(), "1.2.3")) {
        spans.add(SUCCEEDED, Optional.of("worker-1"));
        spans.add(FAILED, Optional.empty());
      }

      assertThat(collector.spans()).hasSize(2);
      var child = collector.spans().getFirst();
      var root = collector.spans().getLast();
      assertThat(child.getTraceId()).isEqualTo(root.getTraceId()).isEqualTo(hex(ROOT.id()));
      assertThat(root.getSpanId()).isEqualTo(hex(ROOT.id()).substring(8));
      assertThat(root.getParentSpanId().isEmpty()).isTrue();
      assertThat(child.getSpanId()).isEqualTo(hex(SUCCEEDED.id()).substring(8));
      assertThat(child.getParentSpanId()).isEqualTo(root.getSpanId());
    }
  }

  @Test
  void tellsWhatWasExecutedAndHowItEnded() throws IOException {
    try (var collector = new CollectorStandIn()) {
      try (var spans = OtlpRunSpans.to(collector.address(), "1.2.3")) {
        spans.add(SUCCEEDED, Optional.of("worker-1"));
        spans.add(FAILED, Optional.empty());
      }

      var child = collector.spans().getFirst();
      assertThat(child.getName()).isEqualTo("script.pull");
      assertThat(child.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CONSUMER);
      assertThat(instant(child.getStartTimeUnixNano())).isEqualTo(NOON.plusSeconds(5));
      assertThat(instant(child.getEndTimeUnixNano())).isEqualTo(NOON.plusSeconds(9));
      assertThat(child.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
      assertThat(attributes(child))
          .isEqualTo(
              Map.of(
                  "run.id", SUCCEEDED.id().toString(),
                  "run.kind", "script.pull",
                  "run.state", "succeeded",
                  "run.attempt", "1",
                  "run.project", "default",
                  "run.worker", "worker-1",
                  "organization.id", SUCCEEDED.organization().toString()));
      var root = collector.spans().getLast();
      assertThat(root.getName()).isEqualTo(ROOT.origin().service() + "/" + ROOT.origin().task());
      assertThat(root.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
      assertThat(root.getStatus().getMessage()).isEqualTo("system");
      assertThat(attributes(root)).doesNotContainKeys("run.kind", "run.worker");
      assertThat(collector.requests().toString())
          .contains("runs-service", "1.2.3")
          .doesNotContain(PASSWORD);
    }
  }

  @Test
  void givesARunThatNeverBeganNoTime() throws IOException {
    var canceled = QueueFixtures.queuedRun(3).ended(new RunState.Canceled(NOON.plusSeconds(7)));
    try (var collector = new CollectorStandIn()) {
      try (var spans = OtlpRunSpans.to(URI.create(collector.address() + "/"), "1.2.3")) {
        spans.add(canceled, Optional.empty());
      }

      var span = collector.spans().getFirst();
      assertThat(instant(span.getStartTimeUnixNano())).isEqualTo(NOON.plusSeconds(7));
      assertThat(instant(span.getEndTimeUnixNano())).isEqualTo(NOON.plusSeconds(7));
    }
  }

  @Test
  void countsWhatACollectorRefuses() throws IOException {
    try (var collector = new CollectorStandIn(() -> 400)) {
      var spans = OtlpRunSpans.to(collector.address(), "1.2.3");
      try (spans) {
        spans.add(SUCCEEDED, Optional.empty());
      }

      assertThat(spans.sent()).isZero();
      assertThat(spans.dropped()).isEqualTo(1);
    }
  }

  @Test
  void dropsWhatDoesNotFitWhileTheCollectorIsSlow() throws Exception {
    var asked = new CountDownLatch(1);
    var mayAnswer = new CountDownLatch(1);
    try (var collector =
        new CollectorStandIn(() -> {
          asked.countDown();
          return await(mayAnswer) ? 200 : 500;
        })) {
      var spans = OtlpRunSpans.to(collector.address(), "1.2.3");
      try (spans) {
        spans.add(SUCCEEDED, Optional.empty());
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        for (var i = 0; i < OtlpRunSpans.MOST_WAITING + 3; i++) {
          spans.add(SUCCEEDED, Optional.empty());
        }
        assertThat(spans.dropped()).isEqualTo(3);
        mayAnswer.countDown();
      }

      assertThat(spans.sent()).isEqualTo(collector.spans().size()).isPositive();
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(8, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static ByteString hex(RunId id) {
    return ByteString.copyFrom(HexFormat.of().parseHex(id.toString().replace("-", "")));
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  private static Map<String, String> attributes(Span span) {
    return span.getAttributesList().stream()
        .collect(
            Collectors.toMap(
                KeyValue::getKey,
                each ->
                    each.getValue().hasIntValue()
                        ? Long.toString(each.getValue().getIntValue())
                        : each.getValue().getStringValue()));
  }
}
