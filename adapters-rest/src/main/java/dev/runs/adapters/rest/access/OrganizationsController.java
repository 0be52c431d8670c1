package dev.runs.adapters.rest.access;

import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.idempotency.Once;
import dev.runs.adapters.rest.idempotency.Once.Reply;
import dev.runs.adapters.rest.idempotency.Submission;
import dev.runs.adapters.rest.problem.FieldError;
import dev.runs.adapters.rest.problem.Place;
import dev.runs.adapters.rest.problem.Rejections;
import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Body;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.application.Caller;
import dev.runs.application.access.EditOrganizations;
import dev.runs.application.access.RegisterOrganization;
import dev.runs.application.access.Upserted;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Scope;
import dev.runs.domain.secret.CredentialCheck;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OrganizationsController {

  private final RegisterOrganization registerOrganization;
  private final EditOrganizations editOrganizations;
  private final Once once;

  OrganizationsController(
      RegisterOrganization registerOrganization, EditOrganizations editOrganizations, Once once) {
    this.registerOrganization = registerOrganization;
    this.editOrganizations = editOrganizations;
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
        receipt -> registerOrganization.register(submission.caller(), externalId, receipt));
  }

  @Needs(Scope.ORG_ADMIN)
  @GetMapping("/v1/organizations/{id}")
  ResponseEntity<byte[]> show(Caller caller, @PathVariable OrganizationId id) {
    return answer(() -> editOrganizations.show(caller, id));
  }

  @Needs(Scope.ORG_ADMIN)
  @PatchMapping("/v1/organizations/{id}")
  ResponseEntity<byte[]> change(Caller caller, @PathVariable OrganizationId id, Body body) {
    var check = credentialCheck(Fields.of(body));
    return answer(() ->
        check.isEmpty()
            ? editOrganizations.show(caller, id)
            : editOrganizations.change(caller, id, check.get()));
  }

  private static ResponseEntity<byte[]> answer(Supplier<Organization> organization) {
    return Answers.ok(OrganizationJson.of(found(organization)));
  }

  /** Says that it is the path that names an organization which is not there. */
  static <T> T found(Supplier<T> ofOrganization) {
    try {
      return ofOrganization.get();
    } catch (AccessRejected.OrganizationNotFound e) {
      throw new RequestRefused(
          Rejections.problem(e)
              .withErrors(
                  List.of(new FieldError(new Place.Parameter("id"), e.code(), e.sentence()))));
    }
  }

  private static Optional<CredentialCheck> credentialCheck(Fields fields) {
    var word = fields.text("credentialCheck");
    var check = word.flatMap(CredentialCheck::ofWireName);
    if (word.isPresent() && check.isEmpty()) {
      fields.refuse("credentialCheck", "credentialCheck must be 'refuse' or 'off'");
    }
    fields.faults().refuseIfAny();
    return check;
  }

  private static ExternalId externalId(Fields fields) {
    fields.requireTruthy("externalId").faults().refuseIfAny();
    var externalId = fields.made("externalId", fields.textOrNumber("externalId"), ExternalId::new);
    fields.faults().refuseIfAny();
    return externalId.orElseThrow();
  }
}
