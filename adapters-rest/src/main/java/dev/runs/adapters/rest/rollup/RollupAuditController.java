package dev.runs.adapters.rest.rollup;

import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Query;
import dev.runs.application.Caller;
import dev.runs.application.rollup.AuditLedger;
import dev.runs.domain.access.Scope;
import dev.runs.domain.run.RunId;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the sums are what the facts add up to. */
@RestController
class RollupAuditController {

  private static final int USUAL_SAMPLE = 100;

  private final AuditLedger auditLedger;

  RollupAuditController(AuditLedger auditLedger) {
    this.auditLedger = auditLedger;
  }

  @Needs(Scope.PLATFORM_ADMIN)
  @GetMapping("/v1/system/rollup-audit")
  ResponseEntity<byte[]> audit(Caller caller, Query query) {
    var after = query.uuid("after").map(RunId::new);
    var limit = query.limit(USUAL_SAMPLE, AuditLedger.MOST_RUNS);
    query.refuseIfWrong();
    return Answers.ok(AuditJson.of(auditLedger.audit(caller, after, limit)));
  }
}
