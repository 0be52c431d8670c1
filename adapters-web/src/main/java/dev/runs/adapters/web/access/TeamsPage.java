package dev.runs.adapters.web.access;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Said;
import dev.runs.adapters.web.frame.Search;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.Receipt;
import dev.runs.application.access.EditTeams;
import dev.runs.application.access.ShowKeys;
import dev.runs.application.access.ShowTeams;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.TeamId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The teams of the organization in which somebody acts, and each with its keys. */
@ConsolePage
class TeamsPage {

  static final String PATH = "/console/teams";
  private static final int ROWS = 50;

  private final ShowTeams showTeams;
  private final EditTeams editTeams;
  private final ShowKeys showKeys;
  private final InstantSource clock;
  private final Said said;

  TeamsPage(
      ShowTeams showTeams, EditTeams editTeams, ShowKeys showKeys, InstantSource clock, Said said) {
    this.showTeams = showTeams;
    this.editTeams = editTeams;
    this.showKeys = showKeys;
    this.clock = clock;
    this.said = said;
  }

  @GetMapping(PATH)
  String list(
      Visit visit,
      @RequestParam(defaultValue = "") String q,
      @RequestParam Optional<String> cursor,
      Model model) {
    var search = Search.of(q);
    model.addAttribute("q", search);
    model.addAttribute("isFirst", cursor.isEmpty());
    model.addAttribute("visit", visit);
    model.addAttribute("list", showTeams.list(visit.caller(), search, cursor, ROWS));
    return "access/teams";
  }

  @PostMapping(PATH)
  String create(
      Visit visit,
      @RequestParam(defaultValue = "") String name,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      var team = editTeams.create(visit.caller(), new DisplayName(name.strip()), Receipt.none());
      return said.redirect(
          request, response, address(team.id()), "The team %s was made.".formatted(team.name()));
    } catch (AccessRejected refusal) {
      Refusals.tell(refusal, response, model);
      model.addAttribute("typed", name);
      return list(visit, "", Optional.empty(), model);
    }
  }

  @GetMapping(PATH + "/{team}")
  String show(
      Visit visit, @PathVariable TeamId team, @RequestParam Optional<String> cursor, Model model) {
    model.addAttribute("visit", visit);
    model.addAttribute("isFirst", cursor.isEmpty());
    model.addAttribute("team", showTeams.show(visit.caller(), team));
    model.addAttribute("now", clock.instant());
    model.addAttribute("list", showKeys.list(visit.caller(), Optional.of(team), cursor, ROWS));
    return "access/team";
  }

  @PostMapping(PATH + "/{team}")
  String rename(
      Visit visit,
      @PathVariable TeamId team,
      @RequestParam(defaultValue = "") String name,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      var renamed = editTeams.rename(visit.caller(), team, new DisplayName(name.strip()));
      return said.redirect(
          request, response, address(team), "The team is called %s now.".formatted(renamed.name()));
    } catch (AccessRejected refusal) {
      Refusals.tell(refusal, response, model);
      return show(visit, team, Optional.empty(), model);
    }
  }

  @GetMapping(PATH + "/{team}/delete")
  String askToDelete(Visit visit, @PathVariable TeamId team, Model model) {
    model.addAttribute("team", showTeams.show(visit.caller(), team));
    return "access/delete-team";
  }

  @PostMapping(PATH + "/{team}/delete")
  String delete(
      Visit visit,
      @PathVariable TeamId team,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      editTeams.delete(visit.caller(), team);
      return said.redirect(request, response, PATH, "The team is gone.");
    } catch (AccessRejected refusal) {
      Refusals.tell(refusal, response, model);
      return askToDelete(visit, team, model);
    }
  }

  static String address(TeamId team) {
    return PATH + "/" + team;
  }
}
