package dev.runs.bootstrap.demo;

import dev.runs.bootstrap.Platform;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Login;
import dev.runs.domain.access.Password;
import dev.runs.domain.access.Role;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * A month of a company, made up from a seed and played through the use cases of the service, as if
 * its programs and people had called it at that time. The same seed makes the same month, seen from
 * the moment at which it ends.
 */
public final class Demo {

  /** The fewest days a month may have. */
  public static final int FEWEST_DAYS = 1;

  /** The most: what is older is removed before long. */
  public static final int MOST_DAYS = 29;

  /** On the days of a whole month. */
  private static final int MOST_BATCHES = 40;

  private static final Duration ANSWERS_IN_THE_END = Duration.ofMinutes(50);
  private static final Duration LEASES_IN_THE_END = Duration.ofHours(1);

  /** Somebody who can sign in. */
  public record Account(Login login, Password password, Role role) {}

  /**
   * What was made.
   *
   * @param organization what the company is called
   */
  public record Summary(
      ExternalId organization, int runs, Instant from, Instant to, List<Account> accounts) {}

  /** Hears how far it is. */
  public interface Progress {

    /**
     * @param reached up to where the month is played
     */
    void made(int runs, Instant reached);
  }

  private final Instant end;
  private final Calendar calendar;
  private final Timeline time;
  private final long seed;
  private final int days;

  /**
   * @param end the moment at which the month ends: now
   * @param days {@value #FEWEST_DAYS} to {@value #MOST_DAYS}
   */
  public Demo(Instant end, int days, long seed) {
    if (days < FEWEST_DAYS || days > MOST_DAYS) {
      throw new IllegalArgumentException("a month has 1 to 29 days, not " + days);
    }
    this.end = end;
    this.days = days;
    this.seed = seed;
    this.calendar = new Calendar(end, days);
    this.time = new Timeline(calendar.begin());
  }

  /** The clock of that month, for the platform on which it is played. */
  public InstantSource clock() {
    return time;
  }

  /** What is left to chance there, such as how long a run waits before it is tried again. */
  public RandomGenerator chances() {
    return new SplittableRandom(seed);
  }

  /**
   * Plays the month. In the end every event has its place and every sum is up to date.
   *
   * @param platform goes by {@link #clock()}
   */
  public Summary play(Platform platform, Progress progress) {
    var company = Company.founded(platform, new SecureRandom());
    var stage = new Stage(platform, time, calendar, company, new Heartbeats(), new Tally(), seed);
    var works = works(stage);
    for (var day : calendar.days()) {
      works.forEach(work -> work.plan(day));
      playDay(day, stage, progress);
    }
    stage.beats().beat(platform, company, Optional.of(LEASES_IN_THE_END));
    platform.catchUp();
    return new Summary(
        company.externalId(), stage.made().runs(), calendar.begin(), end, accounts(company));
  }

  private List<Work> works(Stage stage) {
    var tracking = new Tracking(stage);
    var jobs = new QueuedJobs(stage, end);
    jobs.prepare();
    var pipelines = new DataPipelines(stage, tracking);
    pipelines.prepare();
    var assistant = new Assistant(stage, tracking);
    for (var ago = ANSWERS_IN_THE_END; !ago.isNegative(); ago = ago.minusMinutes(6)) {
      time.at(end.minus(ago), assistant::begin);
    }
    return List.of(
        new Campaigns(stage, tracking),
        assistant,
        jobs,
        pipelines,
        new Training(stage, tracking, end),
        new CatalogImport(stage, tracking, Math.clamp(2L * days, 2, MOST_BATCHES)),
        new Housekeeping(stage));
  }

  /** Hour by hour, so that there is something to tell now and then. */
  private void playDay(LocalDate day, Stage stage, Progress progress) {
    var midnight = Calendar.at(day.plusDays(1), LocalTime.MIDNIGHT);
    while (time.instant().isBefore(midnight) && time.instant().isBefore(end)) {
      var next = time.instant().plus(Duration.ofHours(1));
      playTogether(next.isBefore(end) ? next : end, stage);
      progress.made(stage.made().runs(), time.instant());
    }
    stage.platform().grants().noteKeyUses().note();
    stage.platform().catchUp();
  }

  /** What happens up to a moment is written at once, for nobody waits for any part of it. */
  private void playTogether(Instant moment, Stage stage) {
    var isBegun = new AtomicBoolean();
    stage
        .platform()
        .together(() -> {
          if (isBegun.getAndSet(true)) {
            throw new IllegalStateException("somebody else writes to the database meanwhile");
          }
          time.playUntil(moment);
        });
  }

  private static List<Account> accounts(Company company) {
    return company.employees().stream()
        .map(its -> new Account(its.login(), its.password(), its.role()))
        .toList();
  }
}
