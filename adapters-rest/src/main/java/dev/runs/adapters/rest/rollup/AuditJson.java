package dev.runs.adapters.rest.rollup;

import dev.runs.application.rollup.AuditLedger.Difference;
import dev.runs.application.rollup.AuditLedger.Findings;
import dev.runs.domain.rollup.CostTotal;
import dev.runs.domain.rollup.Rollup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an audit has found.
 *
 * @param pendingDeltas how many changes wait to be folded, counted up to 10,000
 * @param lastRunId behind which the next audit can go on; null when there was no run to look at
 */
record AuditJson(
    int checked,
    boolean clean,
    List<DifferenceJson> differences,
    int pendingDeltas,
    @Nullable String lastRunId) {

  /** A run whose sums are not what its facts add up to. */
  record DifferenceJson(String runId, SumsJson ledger, SumsJson facts) {

    static DifferenceJson of(Difference difference) {
      return new DifferenceJson(
          difference.run().toString(),
          SumsJson.of(difference.ledger()),
          SumsJson.of(difference.facts()));
    }
  }

  /** Sums of a run, by cost name and by state. */
  record SumsJson(List<CostSumJson> costs, Map<String, Long> descendantCounts) {

    static SumsJson of(Rollup rollup) {
      var counts = new LinkedHashMap<String, Long>();
      rollup.descendants().forEach((state, count) -> counts.put(state.wireName(), count));
      return new SumsJson(rollup.costs().stream().map(CostSumJson::of).toList(), counts);
    }
  }

  record CostSumJson(
      String costName,
      String ownCostInUsdCents,
      String totalCostInUsdCents,
      String ownQuantity,
      String totalQuantity) {

    static CostSumJson of(CostTotal total) {
      return new CostSumJson(
          total.name().value(),
          total.own().toString(),
          total.total().toString(),
          total.ownQuantity().toPlainString(),
          total.totalQuantity().toPlainString());
    }
  }

  static AuditJson of(Findings findings) {
    return new AuditJson(
        findings.checked(),
        findings.isClean(),
        findings.differences().stream().map(DifferenceJson::of).toList(),
        findings.pending(),
        findings.last().map(Object::toString).orElse(null));
  }
}
