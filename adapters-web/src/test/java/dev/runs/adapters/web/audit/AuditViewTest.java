package dev.runs.adapters.web.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.audit.AuditFilter;
import dev.runs.domain.audit.AuditAction;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How the address of the audit page narrows the log. */
final class AuditViewTest {

  @Test
  void narrowsNothingByItself() {
    var view = new AuditView("", " ", "", "", "", false);

    assertThat(view.filter()).isEqualTo(AuditFilter.ALL);
    assertThat(view.isNarrowed()).isFalse();
    assertThat(view.problems()).isNull();
  }

  @Test
  void takesMomentsForMomentsOfUtc() {
    var view =
        new AuditView(
            " person:1 ", "key.created", "key:2", "2026-11-22T07:30", "2026-11-22T08:00:30", false);

    assertThat(view.problems()).isNull();
    assertThat(view.isNarrowed()).isTrue();
    assertThat(view.filter().actor()).contains("person:1");
    assertThat(view.filter().action()).contains(AuditAction.KEY_CREATED);
    assertThat(view.filter().target()).contains("key:2");
    assertThat(view.filter().from()).contains(Instant.parse("2026-11-22T07:30:00Z"));
    assertThat(view.filter().to()).contains(Instant.parse("2026-11-22T08:00:30Z"));
  }

  @Test
  void saysWhichFieldsAreWrongAndHowTheyAreRight() {
    var view = new AuditView("", "no.action", "", "yesterday", "+300000-01-01T00:00", false);

    assertThat(view.problem("action")).contains("no.action").contains("choose one");
    assertThat(view.problem("from")).contains("2026-11-22T07:30");
    assertThat(view.problem("to")).isEqualTo(view.problem("from"));
    assertThat(view.problem("actor")).isNull();
    assertThat(view.problems()).contains("action: ", " from: ", " to: ");
  }
}
