package dev.runs.domain.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

final class PipelineDocumentTest {

  @Test
  void takesUpTo256KibibytesOfUtf8() {
    // each é is two bytes
    var largest = '"' + "é".repeat(PipelineDocument.MOST_BYTES / 2 - 1) + '"';

    assertThat(new PipelineDocument(largest).json()).isEqualTo(largest);
    assertThatExceptionOfType(PipelineRejected.DocumentTooLarge.class)
        .isThrownBy(() -> new PipelineDocument(largest + " "))
        .withMessageContaining("at most 262,144 bytes each as JSON, not 262,145");
  }

  @Test
  void neverShowsWhatItHolds() {
    assertThat(new PipelineDocument("{\"a\":\"hidden\"}").toString()).doesNotContain("hidden");
  }
}
