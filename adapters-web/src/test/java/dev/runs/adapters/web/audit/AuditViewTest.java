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
    assertThat(view.isReadable()).isTrue();
  }

  @Test
  void takesMomentsForMomentsOfUtc() {
    var view =
        new AuditView(
            " person:1 ", "key.created", "key:2", "2026-11-22T07:30", "2026-11-22T08:00:30", false);

    assertThat(view.isReadable()).isTrue();
    assertThat(view.isNarrowed()).isTrue();
    assertThat(view.filter().actor()).contains("person:1");
    assertThat(view.filter().action()).contains(AuditAction.KEY_CREATED);
    assertThat(view.filter().target()).contains("key:2");
    assertThat(view.filter().from()).contains(Instant.parse("2026-11-22T07:30:00Z"));
    assertThat(view.filter().to()).contains(Instant.parse("2026-11-22T08:00:30Z"));
  }

  @Test
  void saysWhenAMomentIsNone() {
    var view = new AuditView("", "no.action", "", "yesterday", "", false);

    assertThat(view.isReadable()).isFalse();
    assertThat(view.filter()).isEqualTo(AuditFilter.ALL);
  }
}
