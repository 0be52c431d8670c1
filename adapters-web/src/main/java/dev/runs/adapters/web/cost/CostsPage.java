package dev.runs.adapters.web.cost;

import dev.runs.adapters.web.chart.StackedBars;
import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Csv;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.adapters.web.frame.Wording;
import dev.runs.application.Caller;
import dev.runs.application.cost.CostHistory.Grouping;
import dev.runs.application.cost.Days;
import dev.runs.application.cost.ShowCostHistory;
import dev.runs.application.cost.ShowCostHistory.Day;
import dev.runs.application.cost.ShowCostHistory.Group;
import dev.runs.application.cost.ShowCostHistory.History;
import dev.runs.domain.access.Scope;
import dev.runs.domain.cost.Money;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** What an organization spends: day by day, divided, and as a file. */
@ConsolePage
class CostsPage {

  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  /** The smallest distance of two lines of the chart: one unit of what money is kept in. */
  private static final BigDecimal SMALLEST = BigDecimal.ONE.movePointLeft(Money.SCALE);

  private final ShowCostHistory showCostHistory;
  private final Wording say;

  CostsPage(ShowCostHistory showCostHistory, Wording say) {
    this.showCostHistory = showCostHistory;
    this.say = say;
  }

  /** A word by which costs can be divided, with what it is called. */
  public record Division(String wireName, String title) {}

  /** A period that can be chosen at once. */
  public record Period(String title, Days days) {}

  /**
   * A row of the table of groups.
   *
   * @param series the class of its colour in the chart
   * @param runs where the runs are listed of which it is the sum; nothing where no list is of them
   */
  public record Line(Group group, String name, String series, @Nullable String runs) {}

  @GetMapping("/console/costs")
  String page(
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(defaultValue = "") String by,
      Visit visit,
      HttpServletResponse response,
      Model model) {
    var question = Question.of(from, to, by, showCostHistory);
    if (question.problem() != null) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
    }
    var history =
        showCostHistory.show(
            caller(visit, question.grouping()), question.days(), question.grouping());
    model.addAttribute("question", question);
    model.addAttribute("history", history);
    model.addAttribute("divisions", divisions(visit));
    model.addAttribute("periods", periods());
    model.addAttribute("lines", lines(history));
    model.addAttribute("chart", chart(history));
    return "cost/history";
  }

  @GetMapping("/console/costs.csv")
  ResponseEntity<byte[]> file(
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(defaultValue = "") String by,
      Visit visit) {
    var question = Question.of(from, to, by, showCostHistory);
    if (question.problem() != null) {
      return ResponseEntity.badRequest()
          .header(HttpHeaders.CONTENT_TYPE, "text/plain;charset=utf-8")
          .body((question.problem() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    var text =
        new StringBuilder(
            Csv.line("day", question.by(), question.by() + "_id", "total_cost_in_usd_cents"));
    showCostHistory
        .table(caller(visit, question.grouping()), question.days(), question.grouping())
        .forEach(row ->
            text.append(
                Csv.line(row.day(), row.name().orElse(""), row.key(), row.total().cents())));
    var name =
        "costs-%s-%s-by-%s.csv"
            .formatted(question.days().first(), question.days().last(), question.by());
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, Csv.TYPE)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .body(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Who divides by organization looks beyond their own. */
  private static Caller caller(Visit visit, Grouping grouping) {
    return grouping == Grouping.ORGANIZATION ? visit.everywhere() : visit.caller();
  }

  private static List<Division> divisions(Visit visit) {
    return Arrays.stream(Grouping.values())
        .filter(it -> it != Grouping.ORGANIZATION || visit.may(Scope.PLATFORM_ADMIN))
        .map(it -> new Division(Question.wireName(it), title(it)))
        .toList();
  }

  private static String title(Grouping grouping) {
    return switch (grouping) {
      case SERVICE -> "Service";
      case USER -> "User";
      case COST_NAME -> "Cost name";
      case PROJECT -> "Project";
      case ORGANIZATION -> "Organization";
    };
  }

  private List<Period> periods() {
    var today = showCostHistory.today();
    var month = today.withDayOfMonth(1);
    return List.of(
        new Period("7 days", Days.upTo(today, 7)),
        new Period("30 days", Days.upTo(today, 30)),
        new Period("90 days", Days.upTo(today, 90)),
        new Period("This month", new Days(month, today)),
        new Period("Last month", new Days(month.minusMonths(1), month.minusDays(1))),
        new Period("12 months", new Days(today.minusMonths(12).plusDays(1), today)));
  }

  private static List<Line> lines(History history) {
    return IntStream.range(0, history.groups().size())
        .mapToObj(place -> {
          var group = history.groups().get(place);
          return new Line(
              group,
              name(history.grouping(), group),
              place < history.top() ? series(place) : "series-rest",
              runs(history, group));
        })
        .toList();
  }

  private static String name(Grouping grouping, Group group) {
    return group
        .name()
        .orElseGet(
            () -> grouping == Grouping.USER && group.key().isEmpty() ? "no user" : group.key());
  }

  private static String series(int place) {
    return "series-" + (place + 1);
  }

  /** The runs of a group that were made in the period. No list is of a cost name. */
  private static @Nullable String runs(History history, Group group) {
    var filter =
        switch (history.grouping()) {
          case SERVICE -> "service";
          case USER -> "user";
          case PROJECT -> "project";
          case COST_NAME, ORGANIZATION -> null;
        };
    if (filter == null || group.name().isEmpty()) {
      return null;
    }
    return UriComponentsBuilder.fromPath("/console/runs")
        .queryParam(filter, "{value}")
        .queryParam("from", history.days().first().atStartOfDay())
        .queryParam("to", history.days().last().plusDays(1).atStartOfDay())
        .queryParam("all", true)
        .encode()
        .buildAndExpand(group.name().get())
        .toUriString();
  }

  private StackedBars chart(History history) {
    var series = new ArrayList<String>();
    IntStream.range(0, history.top()).mapToObj(CostsPage::series).forEach(series::add);
    series.add("series-rest");
    return StackedBars.of(
        history.each().stream().map(this::column).toList(),
        series,
        SMALLEST,
        mark -> say.money(new Money(mark)));
  }

  private StackedBars.Column column(Day day) {
    var amounts = new ArrayList<BigDecimal>();
    day.ofTop().forEach(part -> amounts.add(part.cents()));
    amounts.add(day.rest().cents());
    return new StackedBars.Column(
        name(day.day()), name(day.day()) + ": " + say.money(day.total()), amounts);
  }

  private static String name(LocalDate day) {
    return SHORT.format(day);
  }
}
