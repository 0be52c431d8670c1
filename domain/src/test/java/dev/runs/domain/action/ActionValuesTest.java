package dev.runs.domain.action;

import static dev.runs.domain.run.RunFixtures.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runs.domain.run.StateName;
import org.junit.jupiter.api.Test;

class ActionValuesTest {

  @Test
  void phasesAreKnownByNumberAndByName() {
    for (var phase : ActionPhase.values()) {
      assertThat(ActionPhase.ofNumber(phase.number())).contains(phase);
      assertThat(ActionPhase.ofText(Integer.toString(phase.number()))).contains(phase);
      assertThat(ActionPhase.ofText(phase.name())).contains(phase);
      assertThat(ActionPhase.ofText("ACTION_PHASE_" + phase.name())).contains(phase);
      assertThat(ActionPhase.ofText("phase_" + phase.name())).contains(phase);
    }
    assertThat(ActionPhase.ofNumber(0)).isEmpty();
    assertThat(ActionPhase.ofNumber(11)).isEmpty();
    assertThat(ActionPhase.ofText("unspecified")).isEmpty();
  }

  @Test
  void everyStateReadsAsAPhaseThatIsLikeIt() {
    for (var state : StateName.values()) {
      assertThat(ActionPhase.of(state, false).alike()).contains(state);
    }
    assertThat(ActionPhase.of(StateName.SUCCEEDED, true)).isEqualTo(ActionPhase.RECOVERED);
  }

  @Test
  void aDocumentHasAMebibyte() {
    assertThat(new Document("x".repeat(Document.MOST_BYTES)).json()).hasSize(Document.MOST_BYTES);
    assertThatThrownBy(() -> new Document("x".repeat(Document.MOST_BYTES + 1)))
        .isInstanceOf(ActionRejected.DocumentTooLarge.class);
    assertThatThrownBy(() -> new Document("é".repeat(Document.MOST_BYTES / 2 + 1)))
        .isInstanceOf(ActionRejected.DocumentTooLarge.class);
  }

  @Test
  void aDigestIsOfTheText() {
    assertThat(new Document("{}").digest())
        .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  }

  @Test
  void namesHaveALength() {
    var run = new RunAddress(ACME.id(), "p".repeat(63), "d".repeat(63), "n".repeat(30));

    assertThat(run.root().isRoot()).isTrue();
    assertThatThrownBy(() -> new RunAddress(ACME.id(), "p".repeat(64), "d", "n"))
        .isInstanceOf(ActionRejected.BadName.class)
        .hasMessageStartingWith("project has 1 to 63 characters");
    assertThatThrownBy(() -> new RunAddress(ACME.id(), "p", "", "n"))
        .isInstanceOf(ActionRejected.BadName.class)
        .hasMessageStartingWith("domain");
    assertThatThrownBy(() -> run.action("n".repeat(31)))
        .isInstanceOf(ActionRejected.BadName.class)
        .hasMessageStartingWith("action");
  }

  @Test
  void aLongTaskNameIsCut() {
    assertThat(new TaskId("acme", "p", "d", "n".repeat(300), "").name()).hasSize(255);
  }
}
