package dev.runs.application.rollup;

import static dev.runs.domain.run.RunFixtures.ACME;
import static dev.runs.domain.run.RunFixtures.SEARCHES;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.child;
import static dev.runs.domain.run.RunFixtures.ended;
import static dev.runs.domain.run.RunFixtures.line;
import static dev.runs.domain.run.RunFixtures.root;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.Caller;
import dev.runs.application.StoresContract;
import dev.runs.domain.access.Access;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Principal;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Money;
import dev.runs.domain.rollup.CostTotal;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.rollup.Measure;
import dev.runs.domain.rollup.Rollup;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.StateName;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every audit of a ledger promises. */
public abstract class LedgerAuditContract extends StoresContract {

  private static final Caller PLATFORM =
      new Caller(Access.ofPlatform(new Principal("key:test")), ACME.id(), Origin.LOCAL);

  private final Run root = root(1);
  private final Run child = child(root, 2);
  private final Run grandchild = child(child, 3);

  @Test
  void samplesRunsInTheOrderOfTheirIds() {
    add(root, child, grandchild, root(4));

    assertThat(stores().ledgerAudit().sample(Optional.empty(), 2))
        .containsExactly(root.path(), child.path());
    assertThat(stores().ledgerAudit().sample(Optional.of(child.id()), 5))
        .containsExactly(grandchild.path(), root(4).path());
    assertThat(stores().ledgerAudit().sample(Optional.of(root(4).id()), 5)).isEmpty();
  }

  @Test
  void samplesNoRunThatIsBeingDeleted() {
    add(root, child, grandchild);

    mark(child);

    assertThat(stores().ledgerAudit().sample(Optional.empty(), 5)).containsExactly(root.path());
  }

  @Test
  void addsUpTheFactsBelowARun() {
    add(root, child, ended(grandchild, StateName.TIMED_OUT));
    book(root, line(1, root, TOKENS, "1", "1"));
    book(child, line(2, child, TOKENS, "2", "3"), line(3, child, TOKENS, "-1", "3"));
    book(grandchild, line(4, grandchild, SEARCHES, "5", "1"));

    assertThat(stores().ledgerAudit().recount(root.path()))
        .isEqualTo(
            new Rollup(
                List.of(total(SEARCHES, "0", "5", "0", "5"), total(TOKENS, "1", "4", "1", "2")),
                Map.of(StateName.RUNNING, 1L, StateName.TIMED_OUT, 1L)));
    assertThat(stores().ledgerAudit().recount(child.path()))
        .isEqualTo(
            new Rollup(
                List.of(total(SEARCHES, "0", "5", "0", "5"), total(TOKENS, "3", "3", "1", "1")),
                Map.of(StateName.TIMED_OUT, 1L)));
  }

  @Test
  void leavesOutNamesOfWhichNothingIsLeft() {
    add(root);
    book(root, line(1, root, TOKENS, "1", "1"), line(2, root, TOKENS, "-1", "1"));

    assertThat(stores().ledgerAudit().recount(root.path())).isEqualTo(Rollup.EMPTY);
  }

  @Test
  void doesNotBelieveTheLedger() {
    add(root, child);
    stores()
        .write(() ->
            stores()
                .ledger()
                .add(
                    List.of(
                        new Delta(child.path(), true, new Measure.Cost(TOKENS), BigDecimal.ONE))));

    assertThat(stores().ledger().of(root.path()).totalCost()).isNotEqualTo(Money.ZERO);
    assertThat(stores().ledgerAudit().recount(root.path()).totalCost()).isEqualTo(Money.ZERO);
  }

  @Test
  void findsOutWhatIsWrong() {
    add(root, child);
    book(child, line(1, child, TOKENS, "1", "1"));
    var audit = new AuditLedger(stores().ledger(), stores().ledgerAudit(), stores().transactions());
    assertThat(audit.audit(PLATFORM, Optional.empty(), 10).isClean()).isTrue();

    stores().write(() -> stores().costLines().addAll(List.of(line(2, child, TOKENS, "1", "1"))));

    var findings = audit.audit(PLATFORM, Optional.empty(), 10);
    assertThat(findings.checked()).isEqualTo(2);
    assertThat(findings.differences())
        .extracting(AuditLedger.Difference::run)
        .containsExactly(root.id(), child.id());
    assertThat(findings.last()).contains(child.id());
    assertThat(findings.pending()).isEqualTo(3);
  }

  @Test
  void countsWhatIsPendingUpToALimit() {
    add(root);
    book(root, line(1, root, TOKENS, "1", "1"), line(2, root, SEARCHES, "1", "1"));

    assertThat(stores().ledgerAudit().pending(3)).isEqualTo(3);
    assertThat(stores().ledgerAudit().pending(10)).isEqualTo(4);
  }

  private static CostTotal total(
      CostName name, String own, String total, String ownQuantity, String totalQuantity) {
    return new CostTotal(
        name,
        new Money(new BigDecimal(own)),
        new Money(new BigDecimal(total)),
        new BigDecimal(ownQuantity),
        new BigDecimal(totalQuantity));
  }
}
