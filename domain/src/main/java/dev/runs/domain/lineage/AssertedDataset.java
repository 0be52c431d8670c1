package dev.runs.domain.lineage;

import dev.runs.domain.lineage.Assertion.Severity;
import dev.runs.domain.pipeline.ContractId;
import dev.runs.domain.validation.Finding;
import dev.runs.domain.validation.RowCounts;
import dev.runs.domain.validation.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A dataset of which something was asserted.
 *
 * @param namespace 1 to {@value LineageJob#MOST_CHARACTERS} characters, as the name
 * @param rows how many rows were looked at; not negative; nothing when nobody counted them
 * @param assertions 1 to {@value #MOST_ASSERTIONS}
 */
public record AssertedDataset(
    String namespace, String name, Optional<Long> rows, List<Assertion> assertions) {

  /** The most assertions about one dataset in one event. */
  public static final int MOST_ASSERTIONS = 1_000;

  /**
   * @throws LineageRejected when a text is too short or too long, the number is negative, or there
   *     are too many assertions
   */
  public AssertedDataset {
    LineageText.check("namespace", namespace, LineageJob.MOST_CHARACTERS);
    LineageText.check("name", name, LineageJob.MOST_CHARACTERS);
    if (rows.isPresent() && rows.get() < 0) {
      throw new LineageRejected.Negative("rowCount");
    }
    assertions = List.copyOf(assertions);
    if (assertions.isEmpty()) {
      throw new IllegalArgumentException("of dataset " + name + " nothing is asserted");
    }
    if (assertions.size() > MOST_ASSERTIONS) {
      throw new LineageRejected.TooMany("assertions", MOST_ASSERTIONS, assertions.size());
    }
  }

  /** What its data is held to: its namespace and name; when they are long, with a digest. */
  public ContractId contract() {
    return new ContractId(LineageText.shortened(namespace + "/" + name));
  }

  /** Its name; when that is long, with a digest. */
  public String schemaName() {
    return LineageText.shortened(name);
  }

  /** Failed when an assertion failed that is more than a warning. */
  public Verdict verdict() {
    if (count(Severity.ERROR) > 0) {
      return Verdict.FAILED;
    }
    return count(Severity.WARN) > 0 ? Verdict.WARNING : Verdict.PASSED;
  }

  /** Each failed assertion of more than a warning counts as one error. */
  public RowCounts counts() {
    return new RowCounts(
        rows.orElse(0L), Optional.empty(), Optional.empty(), count(Severity.ERROR));
  }

  /** The first {@value Finding#MOST_AT_ONCE} assertions that failed in this way. */
  public List<Finding> findings(Severity severity) {
    return assertions.stream()
        .filter(assertion -> assertion.failedAs(severity))
        .limit(Finding.MOST_AT_ONCE)
        .map(Assertion::finding)
        .toList();
  }

  /** The same for whatever says the same of the same dataset, and for nothing else. */
  public String digest() {
    var said = new StringJoiner("\n");
    add(said, namespace);
    add(said, name);
    said.add(rows.map(String::valueOf).orElse(""));
    for (var assertion : assertions) {
      add(said, assertion.name());
      said.add(assertion.success() ? "1" : "0").add(assertion.severity().name());
      add(said, assertion.column().orElse(""));
      add(said, assertion.description().orElse(""));
      said.add(assertion.failures().map(String::valueOf).orElse(""));
    }
    return LineageText.digest(said.toString());
  }

  /** With its length before it, so that no two lists of texts read alike. */
  private static void add(StringJoiner said, String text) {
    said.add(text.length() + ":" + text);
  }

  private long count(Severity severity) {
    return assertions.stream().filter(assertion -> assertion.failedAs(severity)).count();
  }
}
