package dev.runs.adapters.web.overview;

import dev.runs.adapters.web.chart.Sparkline;
import dev.runs.adapters.web.chart.StackedBars;
import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.FirstRun;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.adapters.web.frame.Wording;
import dev.runs.application.overview.Activity.Hour;
import dev.runs.application.overview.Activity.Tally;
import dev.runs.application.overview.ShowOverview;
import dev.runs.application.overview.ShowOverview.Overview;
import dev.runs.domain.access.Scope;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunState;
import dev.runs.domain.run.StateName;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * How the organization in which somebody acts is doing. Its numbers are asked for again and again.
 */
@ConsolePage
class OverviewPage {

  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter DAY_AND_HOUR =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private static final List<String> SERIES = List.of("fill-good", "fill-bad", "series-rest");

  /** What happened in some time. */
  public record Period(String title, Tally tally) {}

  /** What happened in an hour, with what its begin is called. */
  public record NamedHour(String name, Hour hour) {}

  /**
   * A run that failed.
   *
   * @param why nothing when nobody said so
   */
  public record Failure(Run run, @Nullable String why) {}

  private final ShowOverview showOverview;
  private final FirstRun firstRun;
  private final Wording say;

  OverviewPage(ShowOverview showOverview, FirstRun firstRun, Wording say) {
    this.showOverview = showOverview;
    this.firstRun = firstRun;
    this.say = say;
  }

  @GetMapping("/console")
  String page(Visit visit, HttpServletRequest request, Model model) {
    show(visit, request, model);
    return "overview/index";
  }

  /** The part of the page that changes. */
  @GetMapping("/console/overview/live")
  String live(Visit visit, HttpServletRequest request, Model model) {
    show(visit, request, model);
    return "overview/live :: live";
  }

  private void show(Visit visit, HttpServletRequest request, Model model) {
    var overview = showOverview.show(visit.caller());
    model.addAttribute("overview", overview);
    if (overview.isEmpty()) {
      model.addAttribute("lines", firstRun.reported(visit.organization(), request));
      model.addAttribute("mayMakeKeys", visit.may(Scope.KEYS_ADMIN));
    } else {
      addNumbers(overview, model);
      addCharts(overview, model);
    }
  }

  private static void addNumbers(Overview overview, Model model) {
    var lately = overview.lately();
    model.addAttribute("states", StateName.values());
    model.addAttribute(
        "periods",
        List.of(
            new Period("This hour", lately.thisHour()),
            new Period("The hour before", lately.lastHour()),
            new Period("24 hours", lately.day()),
            new Period("7 days", lately.week())));
    model.addAttribute(
        "hours",
        lately.ofDay().stream()
            .map(hour -> new NamedHour(DAY_AND_HOUR.format(hour.begin()), hour))
            .toList());
    model.addAttribute(
        "failures",
        overview.lastFailures().stream().map(run -> new Failure(run, why(run))).toList());
  }

  private static @Nullable String why(Run run) {
    return switch (run.state()) {
      case RunState.Failed(_, var failure) -> failure.message();
      case RunState.TimedOut _ -> "It ran out of time.";
      default -> null;
    };
  }

  private void addCharts(Overview overview, Model model) {
    var day = overview.lately().ofDay();
    model.addAttribute("madeOfDay", spark(day, hour -> hour.tally().created()));
    model.addAttribute(
        "madeOfWeek", spark(overview.lately().ofWeek(), hour -> hour.tally().created()));
    model.addAttribute(
        "ended", StackedBars.ofCounts(day.stream().map(this::column).toList(), SERIES));
  }

  private StackedBars.Column column(Hour hour) {
    var tally = hour.tally();
    var name = HOUR.format(hour.begin());
    return StackedBars.Column.ofCounts(
        name,
        "%s UTC: %s succeeded, %s failed or timed out, %s canceled"
            .formatted(
                name,
                say.number(tally.succeeded()),
                say.number(tally.failures()),
                say.number(tally.canceled())),
        tally.succeeded(),
        tally.failures(),
        tally.canceled());
  }

  private static Sparkline spark(List<Hour> hours, ToLongFunction<Hour> count) {
    return Sparkline.of(hours.stream().map(count::applyAsLong).toList());
  }
}
