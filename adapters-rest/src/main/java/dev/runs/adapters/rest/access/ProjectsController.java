package dev.runs.adapters.rest.access;

import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.idempotency.Once;
import dev.runs.adapters.rest.idempotency.Once.Reply;
import dev.runs.adapters.rest.idempotency.Submission;
import dev.runs.adapters.rest.problem.Faults;
import dev.runs.adapters.rest.problem.Place;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Body;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.adapters.rest.request.Query;
import dev.runs.application.Caller;
import dev.runs.application.access.EditProjects;
import dev.runs.application.access.ShowProjects;
import dev.runs.domain.access.Description;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Project;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Slug;
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

/** The projects of the organization in which the caller acts; named by id or by slug. */
@RestController
@RequestMapping("/v1/projects")
class ProjectsController {

  private record PageJson(List<ProjectJson> projects, int limit, @Nullable String nextCursor) {}

  private final ShowProjects showProjects;
  private final EditProjects editProjects;
  private final Once once;

  ProjectsController(ShowProjects showProjects, EditProjects editProjects, Once once) {
    this.showProjects = showProjects;
    this.editProjects = editProjects;
    this.once = once;
  }

  @Needs(Scope.ORG_ADMIN)
  @PostMapping
  ResponseEntity<byte[]> create(Submission submission) {
    var fields = Fields.of(submission.body());
    var slug = fields.made("slug", fields.required("slug", fields.text("slug")), Slug::new);
    var name = name(fields);
    var description = description(fields);
    fields.faults().refuseIfAny();
    var called = name.orElseGet(() -> new DisplayName(slug.orElseThrow().value()));
    return once.answer(
        submission,
        (Project made) -> new Reply(201, ProjectJson.of(made)),
        receipt ->
            editProjects.create(
                submission.caller(),
                slug.orElseThrow(),
                called,
                description.orElse(Description.NONE),
                receipt));
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping
  ResponseEntity<byte[]> list(Caller caller, Query query) {
    var limit = query.limit(ShowProjects.LARGEST_PAGE, ShowProjects.LARGEST_PAGE);
    var cursor = query.text("cursor");
    query.refuseIfWrong();
    var page = showProjects.list(caller, "", cursor, limit).map(ProjectJson::of);
    return Answers.ok(new PageJson(page.items(), limit, page.next().orElse(null)));
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping("/{id}")
  ResponseEntity<byte[]> show(Caller caller, @PathVariable String id) {
    return Answers.ok(ProjectJson.of(showProjects.show(caller, ref(id))));
  }

  @Needs(Scope.ORG_ADMIN)
  @PatchMapping("/{id}")
  ResponseEntity<byte[]> change(Caller caller, @PathVariable String id, Body body) {
    var fields = Fields.of(body);
    if (fields.has("slug")) {
      fields.refuse("slug", "slug never changes");
    }
    var name = name(fields);
    var description = description(fields);
    fields.faults().refuseIfAny();
    return Answers.ok(ProjectJson.of(editProjects.change(caller, ref(id), name, description)));
  }

  @Needs(Scope.ORG_ADMIN)
  @DeleteMapping("/{id}")
  ResponseEntity<byte[]> delete(Caller caller, @PathVariable String id) {
    editProjects.delete(caller, ref(id));
    return Answers.nothing();
  }

  private static Optional<DisplayName> name(Fields fields) {
    return fields.made("name", fields.text("name"), DisplayName::new);
  }

  private static Optional<Description> description(Fields fields) {
    return fields.made("description", fields.text("description"), Description::new);
  }

  private static ProjectRef ref(String id) {
    var faults = new Faults();
    var ref = faults.attempt(new Place.Parameter("id"), () -> ProjectRef.of(id));
    faults.refuseIfAny();
    return ref.orElseThrow();
  }
}
