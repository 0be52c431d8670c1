package dev.runs.adapters.rest.run;

import dev.runs.adapters.rest.problem.FieldError;
import dev.runs.adapters.rest.problem.Place.Pointer;
import dev.runs.adapters.rest.problem.Problem;
import dev.runs.adapters.rest.problem.RequestRefused;
import dev.runs.adapters.rest.request.Body;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.application.run.NewRun;
import dev.runs.application.run.NewRun.Owner;
import dev.runs.application.run.NewRun.Parent;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.UserId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunOrigin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads the runs that clients want made: those that wait in the queue name a kind; the others come
 * in the two forms that the cost tracker has had, of which the first names a registered
 * organization, the later one a Clerk organization. What is wrong is noted; the run then reads as
 * nothing.
 */
final class NewRuns {

  private static final String CLERK_ORGANIZATION = "clerkOrgId";
  private static final String ORGANIZATION = "organizationId";
  private static final List<String> OF_LATER_FORM =
      List.of(
          CLERK_ORGANIZATION,
          "appId",
          "serviceName",
          "taskName",
          "clerkUserId",
          "brandId",
          "campaignId",
          "parentRunId");

  private final Optional<OrganizationId> usual;
  private final OrganizationId acting;
  private final NewJobs newJobs;
  private final Optional<String> key;

  /**
   * @param usual the organization of the tracker's runs that name none; nothing when they must name
   *     one
   * @param acting the organization of runs for the queue that name none
   * @param newJobs reads those that are to wait in the queue
   * @param key the one in the header, for a run that is to wait; nothing when there is none
   */
  NewRuns(
      Optional<OrganizationId> usual,
      OrganizationId acting,
      NewJobs newJobs,
      Optional<String> key) {
    this.usual = usual;
    this.acting = acting;
    this.newJobs = newJobs;
    this.key = key;
  }

  /**
   * The one run of a body.
   *
   * @throws RequestRefused when something is wrong with it, as its form tells it
   */
  NewRun read(Body body) {
    var fields = Fields.of(body);
    var run = read(fields, NewRuns::existingParent);
    if (!fields.faults().isEmpty()) {
      var problem = Problem.invalid(fields.faults().errors());
      throw new RequestRefused(
          isOfLaterForm(fields) && !fields.has(ORGANIZATION) && !NewJobs.isMeant(fields)
              ? flattened(problem)
              : problem);
    }
    return run.orElseThrow();
  }

  /**
   * @param parent reads the parent, which a batch can name in one more way
   */
  Optional<NewRun> read(Fields fields, Function<Fields, Optional<Parent>> parent) {
    if (NewJobs.isMeant(fields)) {
      return newJobs.read(fields, acting, key, parent);
    }
    if (isOfLaterForm(fields) && fields.has(ORGANIZATION)) {
      fields.refuse(ORGANIZATION, "organizationId and clerkOrgId exclude each other");
      return Optional.empty();
    }
    return isOfLaterForm(fields) ? later(fields, parent) : first(fields, parent);
  }

  /** A parent that is there already; in the first form an empty text names none. */
  static Optional<Parent> existingParent(Fields fields) {
    var id =
        isOfLaterForm(fields) ? fields.uuid("parentRunId") : fields.uuidUnlessEmpty("parentRunId");
    return id.map(RunId::new).map(Parent.Existing::new);
  }

  private static boolean isOfLaterForm(Fields fields) {
    return fields.has(CLERK_ORGANIZATION);
  }

  private Optional<NewRun> first(Fields fields, Function<Fields, Optional<Parent>> parent) {
    if (usual.isEmpty() || fields.has(ORGANIZATION)) {
      fields.requireTruthy(ORGANIZATION);
    }
    fields.requireTruthy("serviceName", "taskName");
    var organization =
        fields.has(ORGANIZATION)
            ? fields.uuidUnlessEmpty(ORGANIZATION).map(OrganizationId::new)
            : usual;
    var user = fields.uuidUnlessEmpty("userId").map(UserId::new);
    var origin =
        origin(fields, textOrNumber(fields, "serviceName"), textOrNumber(fields, "taskName"));
    var project = project(fields);
    var above = parent.apply(fields);
    return fields.faults().isEmpty()
        ? Optional.of(
            NewRun.tracked(
                new Owner.Registered(organization.orElseThrow(), user),
                project,
                origin.orElseThrow(),
                RunLabels.NONE,
                above,
                fields.input()))
        : Optional.empty();
  }

  /** A text that is not empty; an empty one has been noted as missing. */
  private static Optional<String> textOrNumber(Fields fields, String name) {
    return fields.textOrNumber(name).filter(text -> !text.isEmpty());
  }

  private static Optional<NewRun> later(Fields fields, Function<Fields, Optional<Parent>> parent) {
    OF_LATER_FORM.stream()
        .filter(fields::isNull)
        .forEach(name -> fields.refuse(name, name + " must not be null"));
    var organization =
        fields.made(CLERK_ORGANIZATION, filled(fields, CLERK_ORGANIZATION), ExternalId::new);
    var app = filled(fields, "appId");
    var origin = origin(fields, filled(fields, "serviceName"), filled(fields, "taskName"));
    var user = fields.made("clerkUserId", unlessEmpty(fields, "clerkUserId"), ExternalId::new);
    var brand = unlessEmpty(fields, "brandId");
    var campaign = unlessEmpty(fields, "campaignId");
    var labels =
        fields.attempt(
            "appId",
            () -> new RunLabels(app.orElse(null), brand.orElse(null), campaign.orElse(null)));
    var project = project(fields);
    var above = parent.apply(fields);
    return fields.faults().isEmpty()
        ? Optional.of(
            NewRun.tracked(
                new Owner.External(organization.orElseThrow(), user),
                project,
                origin.orElseThrow(),
                labels.orElseThrow(),
                above,
                fields.input()))
        : Optional.empty();
  }

  private static Optional<RunOrigin> origin(
      Fields fields, Optional<String> service, Optional<String> task) {
    return service.flatMap(named ->
        task.flatMap(called -> fields.attempt("serviceName", () -> new RunOrigin(named, called))));
  }

  private static Optional<ProjectRef> project(Fields fields) {
    return fields.made("projectId", unlessEmpty(fields, "projectId"), ProjectRef::of);
  }

  /** A text that must be there and not be empty. */
  private static Optional<String> filled(Fields fields, String name) {
    if (!fields.has(name)) {
      fields.require(name);
      return Optional.empty();
    }
    var text = fields.text(name);
    if (text.isPresent() && text.get().isEmpty()) {
      fields.refuse(name, name + " must not be empty");
    }
    return text.filter(held -> !held.isEmpty());
  }

  private static Optional<String> unlessEmpty(Fields fields, String name) {
    return fields.text(name).filter(text -> !text.isEmpty());
  }

  /** The later form's way to tell what is wrong: all sentences, by member. */
  private static Problem flattened(Problem problem) {
    var byField = new LinkedHashMap<String, List<String>>();
    for (var error : problem.errors()) {
      byField.merge(member(error), List.of(error.message()), NewRuns::joined);
    }
    return problem
        .withMessage("Invalid request")
        .with("details", Map.of("formErrors", List.of(), "fieldErrors", byField));
  }

  private static String member(FieldError error) {
    return error.place() instanceof Pointer(var pointer) ? pointer.substring(1) : "";
  }

  private static List<String> joined(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }
}
