package dev.runs.adapters.rest.access;

import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.idempotency.Once;
import dev.runs.adapters.rest.idempotency.Once.Reply;
import dev.runs.adapters.rest.idempotency.Submission;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.application.access.RegisterOrganization;
import dev.runs.application.access.Upserted;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.Scope;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OrganizationsController {

  private final RegisterOrganization registerOrganization;
  private final Once once;

  OrganizationsController(RegisterOrganization registerOrganization, Once once) {
    this.registerOrganization = registerOrganization;
    this.once = once;
  }

  @Needs(Scope.PLATFORM_ADMIN)
  @PostMapping("/v1/organizations")
  ResponseEntity<byte[]> register(Submission submission) {
    var externalId = externalId(Fields.of(submission.body()));
    return once.answer(
        submission,
        (Upserted<Organization> upserted) ->
            new Reply(upserted.isNew() ? 201 : 200, OrganizationJson.of(upserted.value())),
        receipt -> registerOrganization.register(externalId, receipt));
  }

  private static ExternalId externalId(Fields fields) {
    fields.requireTruthy("externalId").faults().refuseIfAny();
    var externalId = fields.made("externalId", fields.textOrNumber("externalId"), ExternalId::new);
    fields.faults().refuseIfAny();
    return externalId.orElseThrow();
  }
}
