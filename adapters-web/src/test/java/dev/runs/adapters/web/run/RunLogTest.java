package dev.runs.adapters.web.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.action.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunLogTest {

  @Test
  void leadsToWhereALogIs() {
    var log =
        RunLog.of(new Document("{\"uri\":\"https:\\/\\/logs.example/1?a=b\",\"name\":\"Pod\"}"));

    assertThat(log.name()).isEqualTo("Pod");
    assertThat(log.link()).isEqualTo("https://logs.example/1?a=b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "data:text/html,x",
        "//host/x",
        "file:///etc/passwd",
        "a b"
      })
  void leadsNowhereElse(String uri) {
    var log = RunLog.of(new Document("{\"uri\":\"%s\"}".formatted(uri)));

    assertThat(log.link()).isNull();
    assertThat(log.name()).isEqualTo("Log");
    assertThat(log.text()).contains(uri);
  }
}
