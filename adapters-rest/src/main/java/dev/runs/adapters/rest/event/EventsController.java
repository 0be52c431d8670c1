package dev.runs.adapters.rest.event;

import dev.runs.adapters.rest.caller.Callers;
import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.Refusal;
import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Query;
import dev.runs.application.Caller;
import dev.runs.application.Page;
import dev.runs.application.event.EventSelection;
import dev.runs.application.event.RunEventLog.Entry;
import dev.runs.application.run.ListRuns;
import dev.runs.application.tree.ShowEvents;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Slug;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.run.RunId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What happened: pages of JSON, or a stream of server-sent events. */
@RestController
class EventsController {

  private record PageJson(List<EventJson> events, int limit, @Nullable String nextCursor) {}

  private final ShowEvents showEvents;
  private final ListRuns listRuns;
  private final EventStreams streams;

  EventsController(ShowEvents showEvents, ListRuns listRuns, EventStreams streams) {
    this.showEvents = showEvents;
    this.listRuns = listRuns;
    this.streams = streams;
  }

  /** Null when the answer is a stream. */
  @Needs(Scope.RUNS_READ)
  @GetMapping("/v1/runs/{id}/events")
  @Nullable ResponseEntity<byte[]> ofRun(
      Caller caller,
      @PathVariable RunId id,
      Query query,
      HttpServletRequest request,
      HttpServletResponse response) {
    var isTree = EventQuery.yesOrNo(query, "tree", false);
    var asked = EventQuery.read(query, request);
    query.refuseIfWrong();
    return answer(caller, showEvents.ofRun(caller, id, isTree), asked, request, response);
  }

  /** Null when the answer is a stream. */
  @Needs(Scope.RUNS_READ)
  @GetMapping("/v1/events")
  @Nullable ResponseEntity<byte[]> all(
      @RequestHeader(name = Callers.ORGANIZATION, defaultValue = "") String named,
      Caller caller,
      Query query,
      HttpServletRequest request,
      HttpServletResponse response) {
    var organization =
        query
            .uuid("organizationId")
            .map(OrganizationId::new)
            .or(() -> Callers.usualOrganization(caller, named));
    var asked = EventQuery.read(query, request);
    var narrowed = narrowed(showEvents.within(caller, organization), organization, query);
    query.refuseIfWrong();
    return answer(caller, narrowed.ofTypes(asked.types()), asked, request, response);
  }

  private EventSelection narrowed(
      EventSelection all, Optional<OrganizationId> organization, Query query) {
    var service = query.text("serviceName");
    var task = query.text("taskName");
    var kind = query.text("kind", Kind::new);
    if (kind.isPresent() && (service.isPresent() || task.isPresent())) {
      query.refuse("kind", "kind and serviceName or taskName exclude each other");
    }
    return all.inProject(project(organization, query))
        .byService(kind.isPresent() ? Optional.of(Kind.SERVICE) : service)
        .ofTask(kind.isPresent() ? kind.map(Kind::value) : task)
        .ofRun(query.uuid("runId").map(RunId::new))
        .ofRoot(query.uuid("rootRunId").map(RunId::new));
  }

  private Optional<Slug> project(Optional<OrganizationId> organization, Query query) {
    var asked = query.text("projectId", ProjectRef::of);
    if (asked.isPresent() && organization.isEmpty()) {
      query.refuse("projectId", "projectId goes with organizationId");
      return Optional.empty();
    }
    var slug = asked.flatMap(ref -> listRuns.project(organization.orElseThrow(), ref));
    if (asked.isPresent() && slug.isEmpty()) {
      query.refuse("projectId", "projectId names no project of the organization");
    }
    return slug;
  }

  private @Nullable ResponseEntity<byte[]> answer(
      Caller caller,
      EventSelection selection,
      EventQuery asked,
      HttpServletRequest request,
      HttpServletResponse response) {
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    if (asked.isStream()) {
      streams.open(caller, selection, asked, request, response);
      return null;
    }
    var page = page(selection.ofTypes(asked.types()), asked).map(EventJson::of);
    return Answers.ok(new PageJson(page.items(), asked.limit(), page.next().orElse(null)));
  }

  private Page<Entry> page(EventSelection selection, EventQuery asked) {
    try {
      return showEvents.list(selection, asked.position(showEvents).orElseThrow(), asked.limit());
    } catch (ShowEvents.Forgotten e) {
      throw new RequestRefused(
          Problem.of(
                  Refusal.EVENTS_FORGOTTEN,
                  "Events behind this position are no longer kept; the first one that is has the"
                      + " position "
                      + e.firstKept())
              .with("firstPosition", e.firstKept()));
    }
  }
}
