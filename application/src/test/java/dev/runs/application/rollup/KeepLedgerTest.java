package dev.runs.application.rollup;

import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.line;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.UseCaseTest;
import dev.runs.application.event.SequenceEvents;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a loop does in the background: folding, sequencing, auditing. */
final class KeepLedgerTest extends UseCaseTest {

  private final Run root = root(1);
  private final Run child = child(root, 2);

  private final AuditLedger auditLedger =
      new AuditLedger(world.ledger(), world.ledgerAudit(), world.transactions());

  @BeforeEach
  void plant() {
    world.write(() -> {
      world.runs().addAll(List.of(root, child));
      world.ledger().add(Delta.ofCreated(child));
      world.runEvents().add(List.of(RunEvent.created(root, ACTOR), RunEvent.created(child, ACTOR)));
    });
  }

  @Test
  void foldsUntilNothingIsLeft() {
    book(1, 4);
    var fold = new FoldLedger(world.ledger(), world.transactions(), 4);

    assertThat(fold.fold()).isTrue();
    assertThat(fold.fold()).isTrue();
    assertThat(fold.fold()).isFalse();
    assertThat(world.ledgerAudit().pending(10)).isZero();
    assertThat(rollup(root).totalCost()).hasToString("4.0000000000");
  }

  @Test
  void sequencesUntilNothingIsLeft() {
    var told = new AtomicInteger();
    var tallied = new ArrayList<String>();
    var sequence =
        new SequenceEvents(
            world.runEventLog(),
            (after, upTo) -> tallied.add(after + "-" + upTo),
            world.transactions(),
            1,
            told::incrementAndGet);

    assertThat(sequence.sequence()).isTrue();
    assertThat(sequence.sequence()).isTrue();
    assertThat(sequence.sequence()).isFalse();
    assertThat(told).hasValue(2);
    assertThat(tallied).containsExactly("0-1", "1-2");
    assertThat(world.runEventLog().lastPosition()).isEqualTo(2);
  }

  @Test
  void findsNothingWhenAllIsWell() {
    book(1, 2);

    var findings = auditLedger.audit(PLATFORM, Optional.empty(), 10);

    assertThat(findings.isClean()).isTrue();
    assertThat(findings.checked()).isEqualTo(2);
    assertThat(findings.pending()).isEqualTo(5);
    assertThat(findings.last()).contains(child.id());
    assertThat(auditLedger.audit(PLATFORM, findings.last(), 10).checked()).isZero();
  }

  @Test
  void findsTheRunsOfWhichTheLedgerIsWrong() {
    world.write(() -> world.costLines().addAll(List.of(line(1, child, TOKENS, "1", "1"))));

    var findings = auditLedger.audit(PLATFORM, Optional.empty(), 1);

    assertThat(findings.isClean()).isFalse();
    assertThat(findings.differences())
        .singleElement()
        .satisfies(difference -> {
          assertThat(difference.run()).isEqualTo(root.id());
          assertThat(difference.ledger().totalCost()).hasToString("0.0000000000");
          assertThat(difference.facts().totalCost()).hasToString("1.0000000000");
        });
    assertThat(auditLedger.audit(PLATFORM, findings.last(), 1).differences())
        .extracting(AuditLedger.Difference::run)
        .containsExactly(child.id());
  }

  private void book(int first, int lines) {
    world.write(() -> {
      for (var i = 0; i < lines; i++) {
        var line = line(first + i, child, TOKENS, "1", "1");
        world.costLines().addAll(List.of(line));
        world.ledger().add(Delta.ofLine(child.path(), line));
      }
    });
  }
}
