package dev.runs.adapters.rest.access;

import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Body;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.application.Caller;
import dev.runs.application.retention.EditRetention;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Scope;
import dev.runs.domain.retention.RetentionPolicy;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How long an organization wants its runs to be kept. */
@RestController
@RequestMapping("/v1/organizations/{id}/retention")
class RetentionController {

  private final EditRetention editRetention;

  RetentionController(EditRetention editRetention) {
    this.editRetention = editRetention;
  }

  @Needs(Scope.ORG_ADMIN)
  @GetMapping
  ResponseEntity<byte[]> show(Caller caller, @PathVariable OrganizationId id) {
    var shown = OrganizationsController.found(() -> editRetention.show(caller, id));
    return Answers.ok(RetentionJson.of(id, shown));
  }

  @Needs(Scope.ORG_ADMIN)
  @PutMapping
  ResponseEntity<byte[]> put(Caller caller, @PathVariable OrganizationId id, Body body) {
    var fields = Fields.of(body);
    var policy = new RetentionPolicy(days(fields, "succeededDays"), days(fields, "otherDays"));
    fields.faults().refuseIfAny();
    var shown = OrganizationsController.found(() -> editRetention.put(caller, id, policy));
    return Answers.ok(RetentionJson.of(id, shown));
  }

  @Needs(Scope.ORG_ADMIN)
  @DeleteMapping
  ResponseEntity<byte[]> delete(Caller caller, @PathVariable OrganizationId id) {
    OrganizationsController.found(() -> {
      editRetention.remove(caller, id);
      return id;
    });
    return Answers.nothing();
  }

  private static Optional<Integer> days(Fields fields, String name) {
    return fields
        .whole(name, RetentionPolicy.FEWEST_DAYS, RetentionPolicy.MOST_DAYS)
        .map(Long::intValue);
  }
}
