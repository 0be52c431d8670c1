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
import dev.runs.application.access.EditTeams;
import dev.runs.application.access.ShowTeams;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Team;
import dev.runs.domain.access.TeamId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The teams of the organization in which the caller acts. */
@RestController
@RequestMapping("/v1/teams")
class TeamsController {

  private record PageJson(List<TeamJson> teams, int limit, @Nullable String nextCursor) {}

  private final ShowTeams showTeams;
  private final EditTeams editTeams;
  private final Once once;

  TeamsController(ShowTeams showTeams, EditTeams editTeams, Once once) {
    this.showTeams = showTeams;
    this.editTeams = editTeams;
    this.once = once;
  }

  @Needs(Scope.ORG_ADMIN)
  @PostMapping
  ResponseEntity<byte[]> create(Submission submission) {
    var name = name(submission.body());
    return once.answer(
        submission,
        (Team made) -> new Reply(201, TeamJson.of(made)),
        receipt -> editTeams.create(submission.caller(), name, receipt));
  }

  @Needs(Scope.KEYS_ADMIN)
  @GetMapping
  ResponseEntity<byte[]> list(Caller caller, Query query) {
    var limit = query.limit(ShowTeams.LARGEST_PAGE, ShowTeams.LARGEST_PAGE);
    var cursor = query.text("cursor");
    query.refuseIfWrong();
    var page = showTeams.list(caller, "", cursor, limit).map(TeamJson::of);
    return Answers.ok(new PageJson(page.items(), limit, page.next().orElse(null)));
  }

  @Needs(Scope.KEYS_ADMIN)
  @GetMapping("/{id}")
  ResponseEntity<byte[]> show(Caller caller, @PathVariable TeamId id) {
    return Answers.ok(TeamJson.of(showTeams.show(caller, id)));
  }

  @Needs(Scope.ORG_ADMIN)
  @PatchMapping("/{id}")
  ResponseEntity<byte[]> rename(Caller caller, @PathVariable TeamId id, Body body) {
    return Answers.ok(TeamJson.of(editTeams.rename(caller, id, name(body))));
  }

  @Needs(Scope.ORG_ADMIN)
  @DeleteMapping("/{id}")
  ResponseEntity<byte[]> delete(Caller caller, @PathVariable TeamId id) {
    editTeams.delete(caller, id);
    return Answers.nothing();
  }

  private static DisplayName name(Body body) {
    var fields = Fields.of(body);
    var name = fields.made("name", fields.required("name", fields.text("name")), DisplayName::new);
    fields.faults().refuseIfAny();
    return name.orElseThrow();
  }
}
