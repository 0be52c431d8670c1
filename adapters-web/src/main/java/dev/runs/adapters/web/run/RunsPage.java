package dev.runs.adapters.web.run;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.FirstRun;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.Page;
import dev.runs.application.access.ShowProjects;
import dev.runs.application.run.CountRuns;
import dev.runs.application.run.ListRuns;
import dev.runs.application.run.RunList;
import dev.runs.domain.access.Scope;
import dev.runs.domain.run.StateName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of the runs, and its rows one by one for pages that follow what happens. */
@ConsolePage
class RunsPage {

  /** How many runs a page shows. */
  static final int AT_ONCE = 50;

  private static final int MOST_PROJECTS = 100;
  private static final Page<ListRuns.Row> NONE = new Page<>(List.of(), Optional.empty());

  private final ListRuns listRuns;
  private final CountRuns countRuns;
  private final ShowProjects showProjects;
  private final RunFilters filters;
  private final RunLines lines;
  private final FirstRun firstRun;

  RunsPage(
      ListRuns listRuns,
      CountRuns countRuns,
      ShowProjects showProjects,
      RunFilters filters,
      RunLines lines,
      FirstRun firstRun) {
    this.listRuns = listRuns;
    this.countRuns = countRuns;
    this.showProjects = showProjects;
    this.filters = filters;
    this.lines = lines;
    this.firstRun = firstRun;
  }

  @GetMapping(RunsQuery.PATH)
  String list(Visit visit, HttpServletRequest request, HttpServletResponse response, Model model) {
    var query = RunsQuery.of(request::getParameterValues);
    var caller = visit.caller();
    var filter = filters.of(visit, query);
    var page =
        filter
            .map(
                it -> listRuns.rows(caller, it, RunList.Order.NEWEST_FIRST, query.after(), AT_ONCE))
            .orElse(NONE);
    if (query.isWrong()) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
    }
    model.addAttribute("query", query);
    model.addAttribute("lines", lines.of(caller, page.items()));
    model.addAttribute("next", page.next().map(query::addressAfter).orElse(null));
    model.addAttribute("first", query.after().isPresent() ? query.address() : null);
    model.addAttribute("counts", filter.map(it -> countRuns.count(caller, it)).orElse(Map.of()));
    model.addAttribute("states", StateName.values());
    model.addAttribute(
        "projects", showProjects.list(caller, "", Optional.empty(), MOST_PROJECTS).items());
    model.addAttribute("mayWrite", visit.may(Scope.RUNS_WRITE));
    model.addAttribute("firstRun", firstRun.reported(visit.organization(), request));
    return "run/list";
  }

  /**
   * Some rows of the list, as they are now. Those of runs beyond reach are left out.
   *
   * @param id at most {@value ListRuns#LARGEST_PAGE}
   */
  @GetMapping(RunsQuery.PATH + "/rows")
  String rows(Visit visit, @RequestParam(defaultValue = "") List<String> id, Model model) {
    var caller = visit.caller();
    model.addAttribute("lines", lines.of(caller, listRuns.rows(caller, Addresses.ids(id))));
    model.addAttribute("mayWrite", visit.may(Scope.RUNS_WRITE));
    return "run/rows";
  }
}
