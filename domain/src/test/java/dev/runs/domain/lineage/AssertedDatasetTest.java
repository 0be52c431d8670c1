package dev.runs.domain.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.runs.domain.lineage.Assertion.Severity;
import dev.runs.domain.validation.Finding;
import dev.runs.domain.validation.Verdict;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AssertedDatasetTest {

  static Assertion passing(String name) {
    return assertion(name, true, Severity.ERROR);
  }

  private static Assertion assertion(String name, boolean success, Severity severity) {
    return new Assertion(
        name, success, Optional.empty(), severity, Optional.empty(), Optional.empty());
  }

  private static AssertedDataset of(Assertion... assertions) {
    return new AssertedDataset("db", "orders", Optional.of(7L), Arrays.asList(assertions));
  }

  @Test
  void itFailsWhenSomethingFailedThatIsNoWarning() {
    var warning = assertion("unique", false, Severity.WARN);

    assertThat(of(passing("a")).verdict()).isEqualTo(Verdict.PASSED);
    assertThat(of(passing("a"), warning).verdict()).isEqualTo(Verdict.WARNING);
    assertThat(of(warning, assertion("b", false, Severity.ERROR)).verdict())
        .isEqualTo(Verdict.FAILED);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-,ERROR", "error,ERROR", "warn,WARN", "WARNING,WARN", "fatal,ERROR"})
  void whateverIsNoWarningIsAnError(String said, Severity severity) {
    assertThat(Severity.of(Optional.ofNullable(said))).isEqualTo(severity);
  }

  @Test
  void eachErrorCounts() {
    var counts =
        of(
                assertion("a", false, Severity.ERROR),
                assertion("b", false, Severity.ERROR),
                assertion("c", false, Severity.WARN))
            .counts();

    assertThat(counts.rows()).isEqualTo(7);
    assertThat(counts.errors()).isEqualTo(2);
  }

  @Test
  void aFindingTellsWhatFailedAndWhere() {
    var dataset =
        of(
            new Assertion(
                "not_null",
                false,
                Optional.of("id"),
                Severity.ERROR,
                Optional.of("Every order has an id."),
                Optional.of(3L)),
            assertion("fresh", false, Severity.WARN));

    assertThat(dataset.findings(Severity.ERROR))
        .containsExactly(
            new Finding("not_null", "Every order has an id.", Optional.of("id"), Optional.of(3L)));
    assertThat(dataset.findings(Severity.WARN))
        .containsExactly(
            new Finding("fresh", "fresh does not hold.", Optional.empty(), Optional.empty()));
  }

  @Test
  void theFirstHundredFindingsAreKeptAndAllAreCounted() {
    var dataset =
        new AssertedDataset(
            "db",
            "orders",
            Optional.empty(),
            Collections.nCopies(101, assertion("a", false, Severity.ERROR)));

    assertThat(dataset.findings(Severity.ERROR)).hasSize(Finding.MOST_AT_ONCE);
    assertThat(dataset.counts().errors()).isEqualTo(101);
  }

  @Test
  void longTextsOfAFindingAreCut() {
    var finding =
        of(new Assertion(
                "n".repeat(2_000),
                false,
                Optional.of("c".repeat(2_000)),
                Severity.ERROR,
                Optional.of("d".repeat(5_000)),
                Optional.empty()))
            .findings(Severity.ERROR)
            .getFirst();

    assertThat(finding.code()).hasSize(255);
    assertThat(finding.message()).hasSize(4_000);
  }

  @Test
  void itsContractIsItsNamespaceAndName() {
    assertThat(of(passing("a")).contract().value()).isEqualTo("db/orders");
    var longest =
        new AssertedDataset(
            "n".repeat(2_000), "d".repeat(2_000), Optional.empty(), List.of(passing("a")));
    assertThat(longest.contract().value()).hasSize(255);
    assertThat(longest.schemaName()).hasSize(255);
  }

  @Test
  void onlyWhatSaysTheSameHasTheSameDigest() {
    var digest = of(passing("a")).digest();

    assertThat(digest).hasSize(64).isEqualTo(of(passing("a")).digest());
    assertThat(of(assertion("a", false, Severity.ERROR)).digest()).isNotEqualTo(digest);
    assertThat(of(assertion("a", true, Severity.WARN)).digest()).isNotEqualTo(digest);
    assertThat(of(passing("a"), passing("a")).digest()).isNotEqualTo(digest);
    assertThat(new AssertedDataset("db", "orders", Optional.of(8L), List.of(passing("a"))).digest())
        .isNotEqualTo(digest);
  }

  @Test
  void itHasAThousandAssertionsAtMost() {
    assertThat(of(Collections.nCopies(1_000, passing("a")).toArray(Assertion[]::new)).assertions())
        .hasSize(1_000);
    assertThatExceptionOfType(LineageRejected.TooMany.class)
        .isThrownBy(() -> of(Collections.nCopies(1_001, passing("a")).toArray(Assertion[]::new)));
    assertThatIllegalArgumentException().isThrownBy(() -> of());
  }

  @Test
  void numbersAreNotNegative() {
    assertThatExceptionOfType(LineageRejected.Negative.class)
        .isThrownBy(
            () -> new AssertedDataset("db", "orders", Optional.of(-1L), List.of(passing("a"))))
        .withMessage("rowCount must not be negative.");
    assertThatExceptionOfType(LineageRejected.Negative.class)
        .isThrownBy(() ->
            new Assertion(
                "a", true, Optional.empty(), Severity.ERROR, Optional.empty(), Optional.of(-1L)));
  }

  @Test
  void anEmptyColumnIsNone() {
    assertThat(
            new Assertion(
                    "a", true, Optional.of(""), Severity.ERROR, Optional.empty(), Optional.empty())
                .column())
        .isEmpty();
  }

  @Test
  void textsHaveOneToTwoThousandCharacters() {
    assertThatExceptionOfType(LineageRejected.BadText.class)
        .isThrownBy(() -> passing(""))
        .withMessage("assertion has 1 to 2,000 characters, not 0.");
    assertThatExceptionOfType(LineageRejected.BadText.class)
        .isThrownBy(() ->
            new Assertion(
                "a",
                true,
                Optional.of("c".repeat(2_001)),
                Severity.ERROR,
                Optional.empty(),
                Optional.empty()));
  }
}
