package dev.runs.adapters.rest.access;

import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.idempotency.Once;
import dev.runs.adapters.rest.idempotency.Once.Reply;
import dev.runs.adapters.rest.idempotency.Submission;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Body;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.adapters.rest.request.Query;
import dev.runs.application.Caller;
import dev.runs.application.access.AddedPerson;
import dev.runs.application.access.EditPeople;
import dev.runs.application.access.NewPerson;
import dev.runs.application.access.ShowPeople;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.PersonId;
import dev.runs.domain.access.Role;
import dev.runs.domain.access.Scope;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The people of the organization in which the caller acts. */
@Needs(Scope.ORG_ADMIN)
@RestController
@RequestMapping("/v1/people")
class PeopleController {

  private record PageJson(List<PersonJson> people, int limit, @Nullable String nextCursor) {}

  private final ShowPeople showPeople;
  private final EditPeople editPeople;
  private final Once once;

  PeopleController(ShowPeople showPeople, EditPeople editPeople, Once once) {
    this.showPeople = showPeople;
    this.editPeople = editPeople;
    this.once = once;
  }

  @PostMapping
  ResponseEntity<byte[]> add(Submission submission) {
    var person = newPerson(Fields.of(submission.body()));
    return once.answer(
        submission,
        (AddedPerson added) -> new Reply(201, PersonJson.shown(added), PersonJson.repeated(added)),
        receipt -> editPeople.add(submission.caller(), person, receipt));
  }

  @GetMapping
  ResponseEntity<byte[]> list(Caller caller, Query query) {
    var limit = query.limit(ShowPeople.LARGEST_PAGE, ShowPeople.LARGEST_PAGE);
    var cursor = query.text("cursor");
    query.refuseIfWrong();
    var page = showPeople.list(caller, "", cursor, limit).map(PersonJson::of);
    return Answers.ok(new PageJson(page.items(), limit, page.next().orElse(null)));
  }

  @GetMapping("/{id}")
  ResponseEntity<byte[]> show(Caller caller, @PathVariable PersonId id) {
    return Answers.ok(PersonJson.of(showPeople.show(caller, id)));
  }

  @PatchMapping("/{id}")
  ResponseEntity<byte[]> change(Caller caller, @PathVariable PersonId id, Body body) {
    var fields = Fields.of(body);
    var role = role(fields, fields.text("role"));
    var disabled =
        fields.has("disabled") && !fields.isNull("disabled")
            ? Optional.of(fields.flag("disabled", false))
            : Optional.<Boolean>empty();
    fields.faults().refuseIfAny();
    return Answers.ok(PersonJson.of(editPeople.change(caller, id, role, disabled)));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<byte[]> remove(Caller caller, @PathVariable PersonId id) {
    editPeople.remove(caller, id);
    return Answers.nothing();
  }

  private static NewPerson newPerson(Fields fields) {
    var login = fields.made("login", fields.required("login", fields.text("login")), Login::new);
    var name = fields.made("name", fields.text("name"), DisplayName::new);
    var role = role(fields, fields.required("role", fields.text("role")));
    fields.faults().refuseIfAny();
    return new NewPerson(
        login.orElseThrow(),
        name.orElseGet(() -> DisplayName.of(login.orElseThrow())),
        role,
        false,
        Optional.empty());
  }

  private static Optional<Role> role(Fields fields, Optional<String> text) {
    var role = text.flatMap(Role::ofWireName);
    if (text.isPresent() && role.isEmpty()) {
      fields.refuse("role", "role must be viewer, operator or admin");
    }
    return role;
  }
}
