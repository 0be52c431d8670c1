package dev.runs.domain.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PipelineFactsTest {

  private static final String LONGEST = "x".repeat(PipelineFacts.MOST_CHARACTERS);

  @Test
  void namesTheTaskOfARunAfterItsPipeline() {
    assertThat(facts(Optional.of("orders"), Optional.of("daily-etl")).task())
        .isEqualTo("daily-etl");
  }

  @Test
  void namesTheTaskAfterTheContractWhenThePipelineHasNoName() {
    assertThat(facts(Optional.of("orders"), Optional.empty()).task()).isEqualTo("orders");
    assertThat(facts(Optional.of("orders"), Optional.of("")).task()).isEqualTo("orders");
  }

  @Test
  void hasATaskEvenWhenNothingIsNamed() {
    assertThat(facts(Optional.of(""), Optional.empty()).task()).isEqualTo("pipeline");
    assertThat(facts(Optional.empty(), Optional.empty()).task()).isEqualTo("pipeline");
  }

  @Test
  void takesTextsOf255Characters() {
    var longest = Optional.of(LONGEST);
    var facts =
        new PipelineFacts(
            longest.map(ContractId::new), longest, longest, longest, longest, longest, longest);

    assertThat(facts.task()).isEqualTo(LONGEST);
  }

  @Test
  void saysWhichTextIsTooLong() {
    var tooLong = Optional.of(LONGEST + "x");
    var none = Optional.<String>empty();
    var contract = Optional.<ContractId>empty();
    for (var field :
        List.of(
            "contract_version",
            "schema_name",
            "pipeline_name",
            "pipeline_id",
            "environment",
            "trigger")) {
      assertThatExceptionOfType(PipelineRejected.BadText.class)
          .isThrownBy(() ->
              new PipelineFacts(
                  contract,
                  field.equals("contract_version") ? tooLong : none,
                  field.equals("schema_name") ? tooLong : none,
                  field.equals("pipeline_name") ? tooLong : none,
                  field.equals("pipeline_id") ? tooLong : none,
                  field.equals("environment") ? tooLong : none,
                  field.equals("trigger") ? tooLong : none))
          .withMessage(field + " has at most 255 characters, not 256.")
          .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    }
    assertThatExceptionOfType(PipelineRejected.BadText.class)
        .isThrownBy(() -> new ContractId(LONGEST + "x"))
        .satisfies(e -> assertThat(e.field()).isEqualTo("contract_id"));
  }

  @Test
  void saysWhichTextHasACharacterThatNoDatabaseKeeps() {
    assertThatExceptionOfType(PipelineRejected.BadText.class)
        .isThrownBy(() -> new ContractId("a\0"))
        .withMessage("contract_id has no NUL among its characters.")
        .satisfies(e -> assertThat(e.code()).isEqualTo("pipeline.text_too_long"));
    assertThatExceptionOfType(PipelineRejected.BadText.class)
        .isThrownBy(() -> facts(Optional.empty(), Optional.of("\0")))
        .satisfies(e -> assertThat(e.field()).isEqualTo("pipeline_name"));
  }

  private static PipelineFacts facts(Optional<String> contract, Optional<String> pipeline) {
    return new PipelineFacts(
        contract.map(ContractId::new),
        Optional.empty(),
        Optional.empty(),
        pipeline,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
