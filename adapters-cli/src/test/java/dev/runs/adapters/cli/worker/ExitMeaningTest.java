package dev.runs.adapters.cli.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.run.RunFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitMeaningTest {

  @Test
  void zeroIsSuccess() {
    assertThat(ExitMeaning.of(0)).isEqualTo(ExitMeaning.SUCCEEDED);
  }

  @ParameterizedTest
  @CsvSource({
    "64,false,USER",
    "65,false,USER",
    "75,true,SYSTEM",
    "126,true,SYSTEM",
    "127,true,SYSTEM",
    "129,true,SYSTEM",
    "137,true,SYSTEM",
    "1,true,USER",
    "66,true,USER",
    "128,true,USER"
  })
  void everythingElseIsAFailure(int exitCode, boolean isRetryable, RunFailure.Kind kind) {
    var failure = ExitMeaning.of(exitCode).failure("why");

    assertThat(failure.isRetryable()).isEqualTo(isRetryable);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessage("why");
  }
}
