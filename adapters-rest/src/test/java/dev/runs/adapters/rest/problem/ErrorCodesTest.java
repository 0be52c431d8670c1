package dev.runs.adapters.rest.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.ItemRejected;
import dev.runs.application.RequestRejected;
import dev.runs.application.bulk.BulkRejected;
import dev.runs.application.idempotency.IdempotencyRejected;
import dev.runs.domain.Rejection;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Slug;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ActionRejected;
import dev.runs.domain.action.RunAddress;
import dev.runs.domain.action.TriggerName;
import dev.runs.domain.cost.CostRejected;
import dev.runs.domain.lineage.LineageRejected;
import dev.runs.domain.pipeline.PipelineRejected;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.retention.RetentionRejected;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunOrigin;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunSpace;
import dev.runs.domain.run.StateName;
import dev.runs.domain.secret.Credentials;
import dev.runs.domain.secret.SecretRejected;
import dev.runs.domain.validation.ValidationRejected;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

class ErrorCodesTest {

  private static final Path LIST = Path.of("../docs/error-codes.md");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z_.]+)` \\| (?:(\\d{3}) \\| )?.*");

  private static final RunId RUN = new RunId(new UUID(0x7000, 1));

  private static final ActionAddress ACTION =
      new RunAddress(new OrganizationId(new UUID(0x7000, 2)), "p", "d", "n").root();

  /** One of each, but for what only wraps another one. */
  private static final List<Rejection> REJECTIONS =
      List.of(
          new RequestRejected.TooManyStreams.OfKey(1),
          new RequestRejected.TooManyStreams.OnServer(1),
          new AccessRejected.OrganizationNotFound(),
          new AccessRejected.UserNotFound(),
          new AccessRejected.ScopeMissing(Scope.RUNS_READ),
          new AccessRejected.BadExternalId(256),
          new AccessRejected.BadLogin(),
          new AccessRejected.BadPassword(5),
          new AccessRejected.WrongPassword(),
          new AccessRejected.SamePassword(),
          new AccessRejected.PersonNotFound(),
          new AccessRejected.LoginTaken(),
          new AccessRejected.RoleExceeded(),
          new AccessRejected.PersonBelongsElsewhere(),
          new AccessRejected.BadSlug(),
          new AccessRejected.BadName(),
          new AccessRejected.BadDescription(1_001),
          new AccessRejected.ProjectNotFound(),
          new AccessRejected.UnknownProject("projectId"),
          new AccessRejected.SlugTaken(new Slug("a")),
          new AccessRejected.ProjectHasRuns(),
          new AccessRejected.DefaultProjectStays(),
          new AccessRejected.TeamNotFound(),
          new AccessRejected.TeamNameTaken(new DisplayName("a")),
          new AccessRejected.TeamHasKeys(),
          new AccessRejected.BoundToProjects(),
          new AccessRejected.KeyNotFound(),
          new AccessRejected.KeyEnded(),
          new AccessRejected.GrantExceeded(AccessRejected.GrantExceeded.Part.SCOPES, "x"),
          new LineageRejected.BadText("name", 1, 2_000, 0),
          new LineageRejected.TooMany("datasets", 100, 101),
          new LineageRejected.Negative("rowCount"),
          new SecretRejected.CredentialFound(new Credentials(List.of("/taskName"))),
          new RunRejected.NotFound(),
          new RunRejected.ParentNotFound("x"),
          new RunRejected.TooDeep(RUN),
          new RunRejected.IllegalMove(run(), StateName.FAILED),
          new RunRejected.LeasedElsewhere(RUN),
          new RunRejected.ChangedMeanwhile(RUN),
          new RunRejected.OtherProject(),
          new RunRejected.BadField("taskName", 1, 255, 256),
          new QueueRejected.BadKind(),
          new QueueRejected.BadWorkerId(),
          new QueueRejected.BadKey(),
          new QueueRejected.PayloadTooLarge(262_145),
          new QueueRejected.BadOutputRef(),
          new QueueRejected.BadPriority(),
          new QueueRejected.BadBackoff(),
          new QueueRejected.BadLimit("limit", 1, 100),
          new QueueRejected.TooManyKinds(100),
          new QueueRejected.KeyReused(),
          new QueueRejected.KeyBeingDeleted(),
          new QueueRejected.StaleLease(RUN, StateName.QUEUED),
          new QueueRejected.NotQueued(RUN),
          new QueueRejected.NotFinished(RUN, StateName.QUEUED),
          new QueueRejected.CanceledAbove(),
          new QueueRejected.PolicyNotFound(),
          new ActionRejected.NotFound(ACTION),
          new ActionRejected.NameTaken(ACTION.run()),
          new ActionRejected.TriggerNotFound(new TriggerName("p", "d", "n", "t")),
          new ActionRejected.TriggerChanged(new TriggerName("p", "d", "n", "t"), 1),
          new ActionRejected.BadName("project", 1, 63, 64),
          new ActionRejected.BadProject("My Project"),
          new ActionRejected.DocumentTooLarge(1_048_577),
          new ActionRejected.BadReport("attempt", 0, 10_000, 10_001),
          new ActionRejected.BadLabel(100, 255),
          new ActionRejected.NotSignalable(ACTION, "it is no condition"),
          new ActionRejected.WrongSignal("boolean", "integer"),
          new ActionRejected.BadFilter("x"),
          new BulkRejected.NotFound(),
          new BulkRejected.NothingMeant(),
          new BulkRejected.OthersMeant(),
          new BulkRejected.TooMany(1_000),
          new BulkRejected.TooManyRunning(5),
          new RetentionRejected.BadDays("succeededDays"),
          new RetentionRejected.PolicyNotFound(),
          new CostRejected.BadPeriod(400, 1970, 9999),
          new CostRejected.TooManyRows(50_000),
          new CostRejected.UnknownCost("x"),
          new CostRejected.PriceNotFound(),
          new CostRejected.PricesUnavailable("x"),
          new CostRejected.BadName(201),
          new CostRejected.TooManyDigits("quantity", 38),
          new CostRejected.OutOfRange("quantity", BigDecimal.TEN),
          new CostRejected.NegativePrice(),
          new CostRejected.CorrectionNamesNoLine(),
          new CostRejected.CorrectionNotNegative(),
          new CostRejected.CorrectedLineNotFound("x"),
          PipelineRejected.BadText.withNul("contract_id"),
          new PipelineRejected.DocumentTooLarge(262_145),
          new PipelineRejected.ChangedMeanwhile(),
          new ValidationRejected.NotFound(),
          new ValidationRejected.RunNotFound("x"),
          new ValidationRejected.NegativeCount("row_count"),
          new ValidationRejected.BadFinding("code", 1, 255),
          new ValidationRejected.PolicyNotFound(),
          new RequestRejected.BadCursor(),
          new RequestRejected.TooManyItems(1_000, 1_001),
          new IdempotencyRejected.OtherRequest(),
          new IdempotencyRejected.InFlight(),
          new IdempotencyRejected.BadKey());

  @Test
  void areAllListedWithTheirStatusAndNoOthersAre() throws IOException {
    var codes = new TreeMap<String, String>();
    REJECTIONS.forEach(
        rejection -> codes.put(rejection.code(), status(Rejections.problem(rejection).status())));
    Arrays.stream(Refusal.values())
        .forEach(refusal -> codes.put(refusal.code(), status(refusal.status())));
    codes.put(FieldError.REQUIRED, "");
    codes.put(FieldError.INVALID, "");

    assertThat(listed()).isEqualTo(codes);
  }

  @Test
  void knowEveryRejectionThereIs() {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AssignableTypeFilter(Rejection.class));
    Set<String> all =
        scanner.findCandidateComponents("dev.runs").stream()
            .map(found -> String.valueOf(found.getBeanClassName()))
            .filter(name -> !name.equals(ItemRejected.class.getName()))
            .collect(Collectors.toSet());

    assertThat(REJECTIONS.stream().map(rejection -> rejection.getClass().getName()))
        .containsExactlyInAnyOrderElementsOf(all);
  }

  /** What is wrong with a key, and what a caller lacks, is the same wherever it is found out. */
  @Test
  void belongToOneThingEach() {
    var codes = new HashSet<String>();

    REJECTIONS.stream()
        .filter(rejection -> !(rejection instanceof IdempotencyRejected))
        .filter(rejection -> !(rejection instanceof AccessRejected.ScopeMissing))
        .forEach(rejection -> assertThat(codes.add(rejection.code())).isTrue());
    Arrays.stream(Refusal.values())
        .forEach(refusal -> assertThat(codes.add(refusal.code())).isTrue());
  }

  private static Map<String, String> listed() throws IOException {
    var listed = new TreeMap<String, String>();
    for (var line : Files.readAllLines(LIST)) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        listed.put(row.group(1), row.group(2) == null ? "" : row.group(2));
      }
    }
    return listed;
  }

  private static String status(int status) {
    return Integer.toString(status);
  }

  private static Run run() {
    return Run.tracked(
        RunPath.ofRoot(RUN),
        new OrganizationId(new UUID(0x7000, 2)),
        RunSpace.DEFAULT,
        new RunName("a"),
        new RunOrigin("s", "t"),
        RunLabels.NONE,
        null,
        Instant.EPOCH);
  }
}
