package dev.runs.adapters.rest.validation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.runs.adapters.rest.json.Times;
import dev.runs.adapters.rest.registry.Decimals;
import dev.runs.application.validation.CommonError;
import dev.runs.application.validation.SummarizeValidations.Granularity;
import dev.runs.application.validation.SummarizeValidations.Summary;
import dev.runs.application.validation.ValidationSum;
import dev.runs.domain.pipeline.ContractId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How the validations of a contract went, in both forms that the pipeline registry knows.
 *
 * @param totalRuns as many as {@code totalValidations}, as its clients call them
 * @param passedRuns those whose data may be used
 * @param passed those that found nothing at all
 * @param passRate the part of those whose data may be used, from 0 to 1
 * @param avgDurationMs in milliseconds; 0 without validations, null when none was timed
 * @param byHour one of the three is there: the one that was asked for
 */
@JsonNaming(SnakeCaseStrategy.class)
record ValidationStatsJson(
    String contractId,
    int periodDays,
    String periodStart,
    String periodEnd,
    String granularity,
    long totalRuns,
    long passedRuns,
    long failedRuns,
    long totalValidations,
    long passed,
    long failed,
    long warning,
    long skipped,
    BigDecimal passRate,
    long totalRows,
    long totalErrors,
    @Nullable BigDecimal avgDurationMs,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<PartJson> byHour,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<PartJson> byDay,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<PartJson> byWeek,
    List<CommonErrorJson> commonErrors) {

  /**
   * What there was in one hour, day or week.
   *
   * @param date the day on which it begins, in UTC
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record PartJson(
      String start,
      String date,
      long totalValidations,
      long passed,
      long failed,
      long warning,
      long skipped,
      BigDecimal passRate,
      long totalRows,
      long totalErrors,
      @Nullable BigDecimal avgDurationMs) {

    static PartJson of(Instant start, ValidationSum sum) {
      return new PartJson(
          Times.written(start),
          start.atOffset(ZoneOffset.UTC).toLocalDate().toString(),
          sum.total(),
          sum.passed(),
          sum.failed(),
          sum.warning(),
          sum.skipped(),
          Decimals.written(sum.passRate()),
          sum.rows(),
          sum.errors(),
          average(sum));
    }
  }

  /**
   * An error that was found again and again.
   *
   * @param count how many validations found it
   * @param rowCount in how many rows, as far as that was said
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record CommonErrorJson(String code, String message, long count, long rowCount) {

    static CommonErrorJson of(CommonError error) {
      return new CommonErrorJson(error.code(), error.message(), error.validations(), error.rows());
    }
  }

  static ValidationStatsJson of(
      ContractId contract, int days, Granularity granularity, Summary summary) {
    var whole = summary.whole();
    var parts =
        summary.parts().entrySet().stream()
            .map(part -> PartJson.of(part.getKey(), part.getValue()))
            .toList();
    return new ValidationStatsJson(
        contract.value(),
        days,
        Times.written(summary.from()),
        Times.written(summary.to()),
        granularity.name().toLowerCase(Locale.ROOT),
        whole.total(),
        whole.passing(),
        whole.failed(),
        whole.total(),
        whole.passed(),
        whole.failed(),
        whole.warning(),
        whole.skipped(),
        Decimals.written(whole.passRate()),
        whole.rows(),
        whole.errors(),
        average(whole),
        granularity == Granularity.HOUR ? parts : null,
        granularity == Granularity.DAY ? parts : null,
        granularity == Granularity.WEEK ? parts : null,
        summary.commonErrors().stream().map(CommonErrorJson::of).toList());
  }

  private static @Nullable BigDecimal average(ValidationSum sum) {
    return sum.total() == 0
        ? BigDecimal.ZERO
        : sum.averageMillis().map(Decimals::written).orElse(null);
  }
}
