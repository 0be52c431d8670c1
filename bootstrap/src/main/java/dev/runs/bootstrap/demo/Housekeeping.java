package dev.runs.bootstrap.demo;

import dev.runs.application.Receipt;
import dev.runs.application.access.NewKey;
import dev.runs.bootstrap.demo.Company.Service;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.Origin;
import dev.runs.domain.access.Role;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.access.Team;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;

/** What people do about access: they sign in, and make, replace and end keys. */
final class Housekeeping implements Work {

  private final Stage stage;
  private final Team agency;

  /** Begins now. */
  Housekeeping(Stage stage) {
    this.stage = stage;
    this.agency = stage.company().team(stage.company().as(Role.ADMIN), "Agency");
  }

  @Override
  public void plan(LocalDate day) {
    if (day.getDayOfWeek() == DayOfWeek.MONDAY) {
      stage.time().at(Calendar.at(day, LocalTime.of(8, 2)), () -> signIn(Role.ADMIN));
      stage.time().at(Calendar.at(day, LocalTime.of(7, 41)), () -> signIn(Role.OPERATOR));
    }
    if (day.equals(stage.calendar().dayOfTrouble())) {
      stage.time().at(Calendar.at(day, LocalTime.of(10, 31)), () -> signIn(Role.OPERATOR));
      stage.time().at(Calendar.at(day, LocalTime.of(10, 33)), () -> signIn(Role.VIEWER));
      stage.time().at(Calendar.at(day, LocalTime.of(15, 20)), this::replaceKey);
    }
    if (day.equals(stage.calendar().workdayBefore(stage.calendar().dayOfTrouble()))) {
      stage.time().at(Calendar.at(day, LocalTime.of(14, 10)), this::lendKey);
    }
  }

  private void signIn(Role role) {
    var employee = stage.company().employee(role);
    stage
        .platform()
        .accounts()
        .signIn()
        .signIn(
            employee.login().value(),
            employee.password().value(),
            Optional.empty(),
            new Origin("demo", "10.20.0.40"));
  }

  /** After the trouble the assistant gets another key. */
  private void replaceKey() {
    var company = stage.company();
    var old = company.keyOf(Service.ASSISTANT).key();
    company.replaceKey(
        Service.ASSISTANT,
        stage
            .platform()
            .grants()
            .mintKeys()
            .rotate(
                company.as(Role.ADMIN),
                old.owner(),
                old.id(),
                Duration.ofHours(24),
                Receipt.none()));
  }

  /** Somebody from outside gets a key for a while, and another one that is taken back at once. */
  private void lendKey() {
    var admin = stage.company().as(Role.ADMIN);
    var now = stage.time().instant();
    stage
        .company()
        .mint(admin, agency, reading("agency dashboard", Optional.of(Duration.ofDays(60))));
    var wrong = stage.company().mint(admin, agency, reading("agency laptop", Optional.empty()));
    stage
        .time()
        .at(
            now.plus(Duration.ofMinutes(7)),
            () ->
                stage
                    .platform()
                    .grants()
                    .mintKeys()
                    .revoke(
                        stage.company().as(Role.ADMIN),
                        Optional.of(agency.id()),
                        wrong.key().id(),
                        Receipt.none()));
  }

  private NewKey reading(String name, Optional<Duration> lasts) {
    return new NewKey(
        new DisplayName(name),
        Scopes.of(Scope.RUNS_READ),
        Set.of(),
        lasts.map(stage.time().instant()::plus));
  }
}
