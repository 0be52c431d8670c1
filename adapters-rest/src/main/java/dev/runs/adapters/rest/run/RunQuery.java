package dev.runs.adapters.rest.run;

import dev.runs.adapters.rest.request.Query;
import dev.runs.application.run.ListRuns;
import dev.runs.application.run.RunFilter;
import dev.runs.application.run.RunList;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.UserId;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Reads of which organization, and which of its runs, a query speaks. */
@Component
class RunQuery {

  private static final String ORGANIZATION = "organizationId";
  private static final String CLERK_ORGANIZATION = "clerkOrgId";

  /** Rows hold microseconds and answers show milliseconds: this is the rest of what is shown. */
  private static final Duration REST_OF_MILLISECOND = Duration.ofNanos(999_000);

  private final ListRuns listRuns;

  RunQuery(ListRuns listRuns) {
    this.listRuns = listRuns;
  }

  /** Whether the query names an organization itself. */
  static boolean namesOrganization(Query query) {
    return query.has(ORGANIZATION) || query.has(CLERK_ORGANIZATION);
  }

  static void requireOrganization(Query query) {
    query.require(ORGANIZATION, "organizationId query param is required");
    query.refuseIfWrong();
  }

  /** The organization that the query names; nothing when there is none of that name. */
  Optional<OrganizationId> organization(Query query) {
    if (query.has(ORGANIZATION) && query.has(CLERK_ORGANIZATION)) {
      query.refuse(ORGANIZATION, "organizationId and clerkOrgId exclude each other");
    }
    var clerk = query.text(CLERK_ORGANIZATION, ExternalId::new);
    var id = query.uuid(ORGANIZATION).map(OrganizationId::new);
    query.refuseIfWrong();
    return id.or(() -> clerk.flatMap(listRuns::organization));
  }

  /**
   * Which runs of the organization are meant; nothing when it can be none. All parameters are read
   * when it returns.
   */
  Optional<RunFilter> filter(Query query, Optional<OrganizationId> organization) {
    var clerkUser = query.text("clerkUserId", ExternalId::new);
    var userId = query.uuid("userId").map(UserId::new);
    var states = states(query);
    var service = query.text("serviceName");
    var task = query.text("taskName");
    var kind = query.text("kind", Kind::new);
    if (kind.isPresent() && (service.isPresent() || task.isPresent())) {
      query.refuse("kind", "kind and serviceName or taskName exclude each other");
    }
    var filter =
        new RunFilter(
            kind.isPresent() ? Optional.of(Kind.SERVICE) : service,
            kind.isPresent() ? kind.map(Kind::value) : task,
            userId,
            states,
            query.instant("startedAfter").map(RunQuery::milliseconds),
            query.instant("startedBefore").map(RunQuery::endOfMillisecond),
            query.uuid("parentRunId").map(RunId::new),
            query.text("appId"),
            query.text("brandId"),
            query.text("campaignId"));
    var project = query.text("projectId", ProjectRef::of);
    var since = query.instant("since");
    var before = query.instant("before");
    query.refuseIfWrong();
    if (states.isEmpty() || organization.isEmpty()) {
      return Optional.empty();
    }
    var slug = project.flatMap(ref -> listRuns.project(organization.get(), ref));
    if (project.isPresent() && slug.isEmpty()) {
      return Optional.empty();
    }
    var narrowed = filter.narrowedTo(slug, since, before);
    return clerkUser.isEmpty()
        ? Optional.of(narrowed)
        : listRuns
            .user(organization.get(), clerkUser.get())
            .filter(user -> userId.isEmpty() || userId.get().equals(user))
            .map(narrowed::of);
  }

  /** The order of a list by cursor. */
  static RunList.Order order(Query query) {
    return switch (query.text("sort").orElse("-createdAt")) {
      case "-createdAt" -> RunList.Order.NEWEST_FIRST;
      case "createdAt" -> RunList.Order.OLDEST_FIRST;
      default -> {
        query.refuse("sort", "sort must be 'createdAt' or '-createdAt'");
        yield RunList.Order.NEWEST_FIRST;
      }
    };
  }

  /** All states that both words admit. */
  private static Set<StateName> states(Query query) {
    var states = EnumSet.allOf(StateName.class);
    query
        .text("status")
        .ifPresent(word ->
            TrackerStatus.ofWord(word)
                .ifPresentOrElse(
                    status -> states.retainAll(status.states()),
                    () ->
                        query.refuse(
                            "status", "status must be 'running', 'completed' or 'failed'")));
    query
        .text("state")
        .ifPresent(name ->
            StateName.ofWireName(name)
                .ifPresentOrElse(
                    state -> states.retainAll(Set.of(state)),
                    () -> query.refuse("state", "state must be one of GET /v1/run-states")));
    return states;
  }

  private static Instant milliseconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }

  private static Instant endOfMillisecond(Instant instant) {
    return milliseconds(instant).plus(REST_OF_MILLISECOND);
  }
}
