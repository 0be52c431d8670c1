import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;

/**
 * Writes the tables as code, from a throwaway SQLite file that the SQLite migrations have made.
 *
 * <p>Arguments: the folder of the migrations, the build folder. Does nothing when no migration is
 * newer than what was generated before.
 */
final class GenerateTables {

  /** Written last. */
  private static final String VERSION =
      "dev/runs/adapters/persistence/generated/TablesVersion.java";

  /** Flyway's own table, and the views, which are for others to read. */
  private static final String NOT_OURS =
      "flyway_.*|sqlite_.*|pipeline_runs|validations|organizations|users|runs|runs_costs|retained_costs|actions"
          + "|action_attempts|cluster_events|phase_transitions";

  private static final String IDS =
      ".*\\.(id|organization_id|parent_id|root_id|user_id|run_id|corrects_id|team_id|person_id"
          + "|token|reported_by|retry_of|validation_id|lineage_id|awaited_id|through_id|reached_id)";
  private static final String COUNTED_IDS =
      "(rollup_delta|cost_of_day_delta|event_inbox|cluster_event|early_report|early_lineage)\\.id";

  private static final String DOCUMENTS =
      "run_payload\\.(input|output)|task_spec\\.document|early_report\\.report"
          + "|early_lineage\\.(event|projects)"
          + "|run_trigger\\.(automation|task|inputs|run_spec)|action_report\\.(output|ended_by)"
          + "|action\\.(spec|executed_by|relation|recovered_from|trigger_automation|run_spec)"
          + "|bulk_operation\\.(choice|reasons)"
          + "|(pipeline_run|validation)\\.(metadata|result|samples)"
          + "|attempt_report\\.(outputs|cache_metadata|log_names|log_info|log_context|told)";

  public static void main(String[] arguments) throws Exception {
    var migrations = Path.of(arguments[0]);
    var build = Path.of(arguments[1]);
    var target = build.resolve("generated-sources/jooq");
    if (isUpToDate(migrations, target)) {
      return;
    }
    Files.createDirectories(build);
    var file = Files.createTempFile(build, "tables", ".db");
    try {
      var address = "jdbc:sqlite:" + file;
      var migrated =
          Flyway.configure()
              .dataSource(address, null, null)
              .locations("filesystem:" + migrations)
              .load()
              .migrate();
      GenerationTool.generate(configuration(address, target));
      writeVersion(Integer.parseInt(migrated.targetSchemaVersion), target);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** So that a program knows without reading the migrations which tables it is written for. */
  private static void writeVersion(int newest, Path target) throws Exception {
    Files.writeString(
        target.resolve(VERSION),
        """
        package dev.runs.adapters.persistence.generated;

        public final class TablesVersion {

          public static final int NEWEST = %d;

          private TablesVersion() {}
        }
        """
            .formatted(newest));
  }

  private static Configuration configuration(String address, Path target) {
    return new Configuration()
        .withLogging(Logging.WARN)
        .withJdbc(new Jdbc().withDriver("org.sqlite.JDBC").withUrl(address))
        .withGenerator(
            new Generator()
                .withDatabase(
                    new Database()
                        .withName("org.jooq.meta.sqlite.SQLiteDatabase")
                        .withExcludes(NOT_OURS)
                        .withForcedTypes(forcedTypes()))
                .withGenerate(
                    new Generate()
                        .withGlobalObjectReferences(true)
                        .withKeys(true)
                        .withGeneratedAnnotation(false)
                        .withJavadoc(false)
                        .withComments(false))
                .withTarget(
                    new Target()
                        .withPackageName("dev.runs.adapters.persistence.generated")
                        .withDirectory(target.toString())));
  }

  private static List<ForcedType> forcedTypes() {
    return List.of(
        new ForcedType().withName("BIGINT").withIncludeExpression(COUNTED_IDS),
        new ForcedType()
            .withName("INTEGER")
            .withIncludeExpression(
                "event_(position|kept)\\.id|.*\\.(depth|attempt|.*_attempts|number|status|priority|rank|place"
                    + "|slot|occurrences|backoff_factor|most_running|starts_per_minute|.*_days)"),
        new ForcedType().withName("UUID").withIncludeExpression(IDS),
        new ForcedType().withName("JSONB").withIncludeExpression(".*\\.details"),
        new ForcedType().withName("JSON").withIncludeExpression(DOCUMENTS),
        new ForcedType()
            .withUserType("java.time.Instant")
            .withBinding("dev.runs.adapters.persistence.InstantBinding")
            .withIncludeExpression(".*\\.(.*_at|.*_day|at|effective_from|cancel_by)"));
  }

  private static boolean isUpToDate(Path migrations, Path target) throws Exception {
    var made = target.resolve(VERSION);
    if (!Files.exists(made)) {
      return false;
    }
    var generated = Files.getLastModifiedTime(made);
    try (var files = Files.list(migrations)) {
      return files.allMatch(file -> {
        try {
          return Files.getLastModifiedTime(file).compareTo(generated) < 0;
        } catch (java.io.IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
      });
    }
  }
}
