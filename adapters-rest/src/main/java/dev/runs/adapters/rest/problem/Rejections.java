package dev.runs.adapters.rest.problem;

import static java.util.Map.entry;

import dev.runs.adapters.rest.problem.Place.Header;
import dev.runs.adapters.rest.problem.Place.Parameter;
import dev.runs.adapters.rest.problem.Place.Pointer;
import dev.runs.application.ItemRejected;
import dev.runs.application.RequestRejected;
import dev.runs.application.idempotency.IdempotencyRejected;
import dev.runs.domain.Rejection;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.StateName;
import dev.runs.domain.secret.SecretRejected;
import java.util.List;
import java.util.Map;

/**
 * How a refusal of the core reads here: its reason decides the status, its code names the part of
 * the request that was wrong.
 */
public final class Rejections {

  /** Refusals that are about a member of the body, or of one item of it. */
  private static final Map<String, String> MEMBERS =
      Map.ofEntries(
          entry("organization.not_found", "organizationId"),
          entry("user.not_found", "userId"),
          entry("external_id.invalid", "externalId"),
          entry("run.parent_not_found", "parentRunId"),
          entry("run.too_deep", "parentRunId"),
          entry("cost.unknown", "costName"),
          entry("cost.invalid_name", "costName"),
          entry("cost.too_many_digits", "quantity"),
          entry("cost.out_of_range", "quantity"),
          entry("cost.quantity_not_positive", "quantity"),
          entry("cost.correction_not_negative", "quantity"),
          entry("cost.corrected_line_not_found", "correctsCostId"),
          entry("price.negative", "costPerUnitInUsdCents"),
          entry("slug.invalid", "slug"),
          entry("name.invalid", "name"),
          entry("description.invalid", "description"),
          entry("project.slug_taken", "slug"),
          entry("team.name_taken", "name"),
          entry("login.invalid", "login"),
          entry("person.login_taken", "login"),
          entry("role.exceeded", "role"),
          entry("person.belongs_elsewhere", "disabled"),
          entry("run.other_project", "projectId"),
          entry("idempotency.other_request", "idempotencyKey"),
          entry("idempotency.key_being_deleted", "idempotencyKey"),
          entry("run.canceled_above", "parentRunId"),
          entry("kinds.too_many", "kinds"),
          entry("validation.run_not_found", "run_id"),
          entry("request.too_many_items", "items"));

  /** Refusals that are about a parameter of the path or the query. */
  private static final Map<String, String> PARAMETERS =
      Map.of(
          "run.not_found",
          "id",
          "project.not_found",
          "id",
          "team.not_found",
          "id",
          "person.not_found",
          "id",
          "price.not_found",
          "name",
          "kind.not_found",
          "kind",
          "retention.not_set",
          "id",
          "request.invalid_cursor",
          "cursor");

  private Rejections() {}

  /** A refusal of a whole request, or of one item of it. */
  public static Problem problem(Rejection rejection) {
    return rejection instanceof ItemRejected item
        ? ofItem(item.rejection(), item.index())
        : problem(rejection, errors(rejection, Place.BODY));
  }

  /**
   * A refusal of one item of a batch.
   *
   * @param index counted from 0
   */
  public static Problem ofItem(Rejection rejection, int index) {
    var item = Place.BODY.member("items").element(index);
    return problem(
        rejection,
        rejection instanceof RunRejected.NotFound
            ? List.of(error(rejection, item.member("runId")))
            : errors(rejection, item));
  }

  /** The status that a reason is answered with. */
  public static int status(Rejection.Reason reason) {
    return switch (reason) {
      case INVALID -> 400;
      case FORBIDDEN -> 403;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case UNPROCESSABLE -> 422;
      case EXHAUSTED -> 429;
      case UPSTREAM -> 502;
    };
  }

  private static Problem problem(Rejection rejection, List<FieldError> errors) {
    var problem =
        new Problem(
            status(rejection.reason()),
            rejection.code(),
            rejection.sentence(),
            errors,
            Map.of(),
            Map.of());
    return switch (rejection) {
      case RunRejected.IllegalMove move ->
          problem
              .with("currentState", move.currentState().wireName())
              .with(
                  "allowedTransitions",
                  move.allowedTransitions().stream().map(StateName::wireName).toList());
      case QueueRejected.StaleLease stale ->
          problem.with("currentState", stale.currentState().wireName());
      case QueueRejected.NotFinished live ->
          problem.with("currentState", live.currentState().wireName());
      case RequestRejected.TooManyStreams many -> problem.with("mostStreams", many.most());
      case IdempotencyRejected.InFlight _ -> problem.withHeader("Retry-After", "1");
      default -> problem;
    };
  }

  private static List<FieldError> errors(Rejection rejection, Pointer body) {
    if (rejection instanceof RunRejected.BadField bad) {
      return List.of(error(rejection, body.member(bad.field())));
    }
    if (rejection instanceof AccessRejected.UnknownProject unknown) {
      return List.of(error(rejection, body.member(unknown.field())));
    }
    if (rejection instanceof AccessRejected.GrantExceeded exceeded) {
      return List.of(error(rejection, body.member(exceeded.part().field())));
    }
    if (rejection instanceof SecretRejected.CredentialFound found) {
      return found.pointers().stream().map(at -> error(rejection, body.at(at))).toList();
    }
    if (rejection instanceof IdempotencyRejected) {
      return List.of(error(rejection, new Header("Idempotency-Key")));
    }
    var member = MEMBERS.get(rejection.code());
    if (member != null) {
      return List.of(error(rejection, body.member(member)));
    }
    var parameter = PARAMETERS.get(rejection.code());
    return parameter == null ? List.of() : List.of(error(rejection, new Parameter(parameter)));
  }

  private static FieldError error(Rejection rejection, Place place) {
    return new FieldError(place, rejection.code(), rejection.sentence());
  }
}
