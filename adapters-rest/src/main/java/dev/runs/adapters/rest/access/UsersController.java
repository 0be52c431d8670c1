package dev.runs.adapters.rest.access;

import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.idempotency.Once;
import dev.runs.adapters.rest.idempotency.Once.Reply;
import dev.runs.adapters.rest.idempotency.Submission;
import dev.runs.adapters.rest.request.Body;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.application.access.RegisterUser;
import dev.runs.application.access.Upserted;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.User;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class UsersController {

  private record NewUser(OrganizationId organization, ExternalId externalId) {

    static NewUser of(Body body) {
      var fields = Fields.of(body);
      fields.requireTruthy("externalId", "organizationId").faults().refuseIfAny();
      var externalId =
          fields.made("externalId", fields.textOrNumber("externalId"), ExternalId::new);
      var organization = fields.uuid("organizationId").map(OrganizationId::new);
      fields.faults().refuseIfAny();
      return new NewUser(organization.orElseThrow(), externalId.orElseThrow());
    }
  }

  private final RegisterUser registerUser;
  private final Once once;

  UsersController(RegisterUser registerUser, Once once) {
    this.registerUser = registerUser;
    this.once = once;
  }

  @Needs(Scope.RUNS_WRITE)
  @PostMapping("/v1/users")
  ResponseEntity<byte[]> register(Submission submission) {
    var user = NewUser.of(submission.body());
    return once.answer(
        submission,
        (Upserted<User> upserted) ->
            new Reply(upserted.isNew() ? 201 : 200, UserJson.of(upserted.value())),
        receipt ->
            registerUser.register(
                submission.caller(), user.organization(), user.externalId(), receipt));
  }
}
