package dev.runs.adapters.persistence.validation;

import static dev.runs.adapters.persistence.pipeline.PipelineDocuments.document;
import static dev.runs.adapters.persistence.pipeline.PipelineDocuments.documentOf;
import static dev.runs.adapters.persistence.pipeline.PipelineDocuments.json;

import dev.runs.adapters.persistence.generated.tables.records.ValidationFindingRecord;
import dev.runs.adapters.persistence.generated.tables.records.ValidationRecord;
import dev.runs.adapters.persistence.pipeline.PipelineDocuments;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Principal;
import dev.runs.domain.access.Slug;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.validation.Finding;
import dev.runs.domain.validation.RowCounts;
import dev.runs.domain.validation.Validation;
import dev.runs.domain.validation.ValidationId;
import dev.runs.domain.validation.Verdict;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Between validations and their rows. */
final class ValidationRows {

  private ValidationRows() {}

  static ValidationRecord toRow(Validation validation, Optional<String> onceKey) {
    var counts = validation.counts();
    var row = new ValidationRecord();
    row.setId(validation.id().value());
    row.setOrganizationId(validation.organization().value());
    row.setProject(validation.project().value());
    row.setRunId(validation.run().map(RunId::value).orElse(null));
    row.setContractId(validation.contract().value());
    row.setContractVersion(validation.contractVersion().orElse(null));
    row.setSchemaName(validation.schemaName().orElse(null));
    row.setEnvironment(validation.environment().orElse(null));
    row.setPipelineId(validation.pipelineId().orElse(null));
    row.setVerdict(validation.verdict().wireName());
    row.setRowCount(counts.rows());
    row.setRowsPassed(counts.passed().orElse(null));
    row.setRowsFailed(counts.failed().orElse(null));
    row.setErrorCount(counts.errors());
    row.setDurationUs(validation.duration().map(ValidationRows::micros).orElse(null));
    row.setSamples(validation.samples().map(PipelineDocuments::json).orElse(null));
    row.setMetadata(json(validation.metadata()));
    row.setOnceKey(onceKey.orElse(null));
    row.setRecordedBy(validation.recordedBy().value());
    row.setRecordedAt(validation.recordedAt());
    return row;
  }

  static List<ValidationFindingRecord> findings(Validation validation) {
    var rows = new ArrayList<ValidationFindingRecord>();
    addFindings(validation, validation.errors(), true, rows);
    addFindings(validation, validation.warnings(), false, rows);
    return rows;
  }

  private static void addFindings(
      Validation validation,
      List<Finding> findings,
      boolean areErrors,
      List<ValidationFindingRecord> rows) {
    for (var i = 0; i < findings.size(); i++) {
      var finding = findings.get(i);
      var row = new ValidationFindingRecord();
      row.setValidationId(validation.id().value());
      row.setIsError(areErrors);
      row.setPlace(i);
      row.setCode(finding.code());
      row.setMessage(finding.message());
      row.setPath(finding.path().orElse(null));
      row.setRowCount(finding.rowCount().orElse(null));
      rows.add(row);
    }
  }

  /**
   * @param findings of this validation, errors and warnings, each in their order
   */
  static Validation toValidation(ValidationRecord row, List<ValidationFindingRecord> findings) {
    return new Validation(
        new ValidationId(row.getId()),
        new OrganizationId(row.getOrganizationId()),
        new Slug(row.getProject()),
        Optional.ofNullable(row.getRunId()).map(RunId::new),
        new ContractId(row.getContractId()),
        Optional.ofNullable(row.getContractVersion()),
        Optional.ofNullable(row.getSchemaName()),
        Optional.ofNullable(row.getEnvironment()),
        Optional.ofNullable(row.getPipelineId()),
        Verdict.ofWireName(row.getVerdict()).orElseThrow(),
        new RowCounts(
            row.getRowCount(),
            Optional.ofNullable(row.getRowsPassed()),
            Optional.ofNullable(row.getRowsFailed()),
            row.getErrorCount()),
        Optional.ofNullable(row.getDurationUs()).map(us -> Duration.of(us, ChronoUnit.MICROS)),
        findings(findings, true),
        findings(findings, false),
        documentOf(row.getSamples()),
        document(row.getMetadata()),
        new Principal(row.getRecordedBy()),
        row.getRecordedAt());
  }

  private static List<Finding> findings(List<ValidationFindingRecord> rows, boolean areErrors) {
    return rows.stream()
        .filter(row -> row.getIsError() == areErrors)
        .map(row ->
            new Finding(
                row.getCode(),
                row.getMessage(),
                Optional.ofNullable(row.getPath()),
                Optional.ofNullable(row.getRowCount())))
        .toList();
  }

  private static long micros(Duration duration) {
    return duration.toSeconds() * 1_000_000 + duration.toNanosPart() / 1_000;
  }
}
