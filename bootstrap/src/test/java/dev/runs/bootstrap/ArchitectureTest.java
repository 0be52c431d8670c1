package dev.runs.bootstrap;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.runs.application.Receipt;
import dev.runs.domain.run.Run;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** What holds the code in shape. Each rule says why, so that who breaks it can judge. */
@AnalyzeClasses(
    packages = "dev.runs",
    importOptions = {DoNotIncludeTests.class, ArchitectureTest.NoFixtures.class})
class ArchitectureTest {

  /** Leaves out the jars in which fixtures travel from module to module. */
  static final class NoFixtures implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  /** Shared by use cases without being one. */
  private static final Set<String> COLLABORATORS =
      Set.of(
          "Attempts",
          "Auditor",
          "BelievedKeys",
          "BulkRights",
          "CancelMark",
          "ChangeFeed",
          "Collector",
          "ContractStates",
          "Cursor",
          "InputCheck",
          "Owners",
          "PresentRights",
          "ListedUnitPrices",
          "Spaces",
          "Upserted",
          "DescribePipelineRuns",
          "DescribeRuns",
          "DueTrees",
          "EarlyHearing",
          "EarlyLineageHearing",
          "EnterQueue",
          "EventFeed",
          "EventTail",
          "Feed",
          "Hearing",
          "JobMoves",
          "LineageHearing",
          "NewActions",
          "NewRunWriter",
          "ReadyBell",
          "ReportWriter",
          "RunAgain",
          "Seats",
          "SharedReads",
          "StartLimits",
          "SuccessReports",
          "ValidationWriter");

  private static final DescribedPredicate<JavaClass> USE_CASES =
      describe(
          "use cases",
          type ->
              type.getPackageName().startsWith("dev.runs.application.")
                  && type.isTopLevelClass()
                  && !type.isInterface()
                  && !type.isRecord()
                  && !type.isEnum()
                  && !type.isAssignableTo(RuntimeException.class)
                  && !COLLABORATORS.contains(type.getSimpleName()));

  private static final DescribedPredicate<JavaClass> FLOATS =
      describe(
          "float or double",
          type ->
              Set.of("float", "double", "java.lang.Float", "java.lang.Double")
                  .contains(type.getName()));

  @ArchTest
  static final ArchRule dependencies_point_inward =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("domain")
          .definedBy("dev.runs.domain..")
          .layer("application")
          .definedBy("dev.runs.application..")
          .layer("rest")
          .definedBy("dev.runs.adapters.rest..")
          .layer("rpc")
          .definedBy("dev.runs.adapters.rpc..")
          .layer("web")
          .definedBy("dev.runs.adapters.web..")
          .layer("persistence")
          .definedBy("dev.runs.adapters.persistence..")
          .layer("costs")
          .definedBy("dev.runs.adapters.costs..")
          .layer("cli")
          .definedBy("dev.runs.adapters.cli..")
          .layer("bootstrap")
          .definedBy("dev.runs.bootstrap..")
          .whereLayer("bootstrap")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("rest")
          .mayOnlyBeAccessedByLayers("bootstrap")
          .whereLayer("rpc")
          .mayOnlyBeAccessedByLayers("bootstrap")
          .whereLayer("web")
          .mayOnlyBeAccessedByLayers("bootstrap")
          .whereLayer("cli")
          .mayOnlyBeAccessedByLayers("bootstrap")
          .whereLayer("persistence")
          .mayOnlyBeAccessedByLayers("bootstrap")
          .whereLayer("costs")
          .mayOnlyBeAccessedByLayers("bootstrap")
          .whereLayer("application")
          .mayOnlyBeAccessedByLayers(
              "rest", "rpc", "web", "cli", "persistence", "costs", "bootstrap")
          .because("rules outlive what they are reached through");

  @ArchTest
  static final ArchRule the_core_is_plain_java =
      classes()
          .that()
          .resideInAnyPackage("dev.runs.domain..", "dev.runs.application..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.runs.domain..", "dev.runs.application..", "java..", "org.jspecify..")
          .because("rules outlive frameworks");

  @ArchTest
  static final ArchRule tables_stay_in_the_persistence_adapter =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.runs.adapters.persistence..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.runs.adapters.persistence.generated..", "org.jooq..")
          .because("there is one place to change databases");

  @ArchTest
  static final ArchRule capabilities_of_the_domain_form_no_cycles =
      slices().matching("dev.runs.domain.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule capabilities_of_the_application_form_no_cycles =
      slices().matching("dev.runs.application.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule the_domain_never_asks_for_the_time =
      noClasses()
          .that()
          .resideInAPackage("dev.runs.domain..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(InstantSource.class)
          .because("a rule that is handed the time can be tested at any time");

  @ArchTest
  static final ArchRule nobody_reads_the_wall_clock =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.runs.bootstrap..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .because("time comes from the one InstantSource that bootstrap makes");

  @ArchTest
  static final ArchRule use_cases_do_not_call_use_cases =
      classes()
          .that(USE_CASES)
          .should(
              new ArchCondition<>("depend on no other use case") {
                @Override
                public void check(JavaClass useCase, ConditionEvents events) {
                  useCase.getDirectDependenciesFromSelf().stream()
                      .filter(dependency -> USE_CASES.test(dependency.getTargetClass()))
                      .filter(dependency -> !dependency.getTargetClass().equals(useCase))
                      .forEach(dependency ->
                          events.add(
                              SimpleConditionEvent.violated(useCase, dependency.getDescription())));
                }
              })
          .because("what two use cases share belongs to the domain or to a store");

  @ArchTest
  static final ArchRule money_is_in_no_floating_field =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage("dev.runs..cost..", "dev.runs..rollup..")
          .should()
          .notHaveRawType(FLOATS)
          .because("money is exact");

  @ArchTest
  static final ArchRule money_is_returned_by_no_floating_method =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage("dev.runs..cost..", "dev.runs..rollup..")
          .should()
          .notHaveRawReturnType(FLOATS)
          .because("money is exact");

  @ArchTest
  static final ArchRule money_is_handed_over_in_no_floating_parameter =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage("dev.runs..cost..", "dev.runs..rollup..")
          .should()
          .haveRawParameterTypes(
              describe("a float or double", types -> types.stream().anyMatch(FLOATS)))
          .because("money is exact");

  @ArchTest
  static final ArchRule decimals_never_pass_through_a_double =
      noClasses()
          .that()
          .resideInAnyPackage("dev.runs.domain..", "dev.runs.application..", "dev.runs.adapters..")
          .should()
          .callMethod(BigDecimal.class, "doubleValue")
          .orShould()
          .callConstructor(BigDecimal.class, double.class)
          .orShould()
          .callMethod(BigDecimal.class, "valueOf", double.class)
          .orShould()
          .callMethod(ResultSet.class, "getDouble", int.class)
          .because("money is exact");

  @ArchTest
  static final ArchRule names_say_what_a_thing_is =
      noClasses()
          .that()
          .resideOutsideOfPackages("..generated..", "dev.runs.adapters.rpc.wire..")
          .should()
          .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Dto|Base|Data|Info)")
          .because("such an ending says nothing that the reader could not guess");

  @ArchTest
  static final ArchRule the_core_has_no_setters =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage("dev.runs.domain..", "dev.runs.application..")
          .should()
          .haveNameMatching("set[A-Z].*")
          .because("a value is replaced, not altered");

  @ArchTest
  static final ArchRule the_core_has_only_final_fields =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage("dev.runs.domain..", "dev.runs.application..")
          .and()
          .areDeclaredInClassesThat(describe("keep no place", ArchitectureTest::keepsNoPlace))
          .should()
          .beFinal();

  /**
   * A way through much, gone by one thread, remembers how far it has come; who follows the events
   * does too, behind a lock.
   */
  private static boolean keepsNoPlace(JavaClass type) {
    return !Set.of("ChangeFeed", "DueTrees", "EventFeed", "EventTail", "Feed", "Seats", "Sweep")
        .contains(type.getSimpleName());
  }

  @ArchTest
  static final ArchRule only_domain_and_store_make_runs =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.runs.domain..", "dev.runs.adapters.persistence..")
          .should()
          .callConstructorWhere(target(owner(type(Run.class))))
          .because("a run comes from Run.tracked or from the store");

  @ArchTest
  static final ArchRule controllers_are_not_public =
      classes()
          .that(
              describe(
                  "are controllers",
                  type ->
                      !type.isAnnotation()
                          && type.isMetaAnnotatedWith("org.springframework.stereotype.Controller")))
          .should()
          .bePackagePrivate()
          .because("nobody calls a controller but the framework");

  @ArchTest
  static final ArchRule only_the_start_speaks_to_the_terminal =
      noClasses()
          .that(
              describe(
                  "do not start the program",
                  type ->
                      !resideInAPackage("dev.runs.benchmarks..").test(type)
                          && !Set.of("Serve", "ServeCommand", "LocalPlatform", "LocalInstallations")
                              .contains(type.getSimpleName())))
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("everything else goes to the log");

  @ArchTest static final ArchRule no_field_injection = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

  @ArchTest
  static final ArchRule receipts_are_the_applications_own =
      classes()
          .that()
          .implement(Receipt.class)
          .should()
          .resideInAPackage("dev.runs.application..")
          .because("what is kept in the transaction of an effect is decided in one place");
}
