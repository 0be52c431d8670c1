package dev.runs.adapters.web.access;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.OneTimeForms;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.adapters.web.frame.WrittenTime;
import dev.runs.application.Receipt;
import dev.runs.application.access.MintKeys;
import dev.runs.application.access.MintedKey;
import dev.runs.application.access.NewKey;
import dev.runs.application.access.ShowProjects;
import dev.runs.application.access.ShowTeams;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Scopes;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.TeamId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where a key of a team is made. It is shown on the answer to the form, and never again. */
@ConsolePage
@RequestMapping(TeamsPage.PATH + "/{team}/keys")
class NewKeyPage {

  private static final int MOST_PROJECTS_SHOWN = 100;

  private final ShowTeams showTeams;
  private final ShowProjects showProjects;
  private final MintKeys mintKeys;
  private final OneTimeForms forms;
  private final ShownKey shownKey;
  private final InstantSource clock;

  NewKeyPage(
      ShowTeams showTeams,
      ShowProjects showProjects,
      MintKeys mintKeys,
      OneTimeForms forms,
      ShownKey shownKey,
      InstantSource clock) {
    this.showTeams = showTeams;
    this.showProjects = showProjects;
    this.mintKeys = mintKeys;
    this.forms = forms;
    this.shownKey = shownKey;
    this.clock = clock;
  }

  @GetMapping("/new")
  String form(Visit visit, @PathVariable TeamId team, Model model) {
    model.addAttribute("team", showTeams.show(visit.caller(), team));
    model.addAttribute("form", forms.number());
    model.addAttribute("scopes", grantable(visit));
    var projects = showProjects.list(visit.caller(), "", Optional.empty(), MOST_PROJECTS_SHOWN);
    model.addAttribute("projects", projects.items());
    model.addAttribute("hasMoreProjects", projects.next().isPresent());
    model.addAttribute("mostProjects", NewKey.MOST_PROJECTS);
    model.addAttribute("today", LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    return "access/new-key";
  }

  /** The answer holds the key, so it is no redirect, and no cache keeps it. */
  @PostMapping
  String make(
      Visit visit,
      @PathVariable TeamId team,
      @RequestParam(defaultValue = "") String form,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") Set<String> scope,
      @RequestParam(defaultValue = "") Set<String> project,
      @RequestParam(defaultValue = "") String others,
      @RequestParam(defaultValue = "") String lastDay,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      var key =
          new NewKey(
              new DisplayName(name.strip()),
              scopes(scope),
              projects(project, others),
              end(lastDay));
      var minted =
          forms.once(
              visit,
              form,
              "make a key of the team " + team,
              (Receipt<MintedKey> receipt) -> mintKeys.mint(visit.caller(), team, key, receipt));
      return shownKey.page("New key", showTeams.show(visit.caller(), team), minted, request, model);
    } catch (WrongInput wrong) {
      Refusals.tell(wrong.getMessage(), response, model);
    } catch (AccessRejected.UnknownProject _) {
      Refusals.tell(
          "One of the slugs is that of no project here. No key was made.", response, model);
    } catch (AccessRejected refusal) {
      Refusals.tell(refusal, response, model);
    }
    model.addAttribute("name", name);
    model.addAttribute("chosenScopes", scope);
    model.addAttribute("chosenProjects", project);
    model.addAttribute("others", others);
    model.addAttribute("lastDay", lastDay);
    return form(visit, team, model);
  }

  /** What whoever looks can give away, and teams can have. */
  private static List<Scope> grantable(Visit visit) {
    return Arrays.stream(Scope.values())
        .filter(scope -> scope != Scope.PLATFORM_ADMIN)
        .filter(visit::may)
        .toList();
  }

  private static Scopes scopes(Set<String> names) {
    var scopes =
        names.stream()
            .flatMap(name -> Scope.ofWireName(name).stream())
            .collect(Collectors.toUnmodifiableSet());
    if (scopes.isEmpty()) {
      throw new WrongInput("Choose at least one thing that the key may do.");
    }
    return new Scopes(scopes);
  }

  /**
   * @param others slugs of further ones, with blanks or commas between them
   */
  private static Set<ProjectRef> projects(Set<String> chosen, String others) {
    var slugs = new HashSet<>(chosen);
    Arrays.stream(others.split("[\\s,]+")).filter(slug -> !slug.isEmpty()).forEach(slugs::add);
    if (slugs.size() > NewKey.MOST_PROJECTS) {
      throw new WrongInput(
          "A key can be bound to at most %d projects.".formatted(NewKey.MOST_PROJECTS));
    }
    return slugs.stream()
        .map(slug -> new ProjectRef.BySlug(new Slug(slug)))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The end of a day of UTC. */
  private Optional<Instant> end(String lastDay) {
    if (lastDay.isBlank()) {
      return Optional.empty();
    }
    try {
      var end =
          WrittenTime.day(lastDay.strip()).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      if (!end.isAfter(clock.instant())) {
        throw new WrongInput("The last day of the key must not be over.");
      }
      return Optional.of(end);
    } catch (DateTimeException _) {
      throw new WrongInput("The last day of the key is no day.");
    }
  }

  /** Something that was typed and means nothing. */
  private static final class WrongInput extends RuntimeException {
    WrongInput(String sentence) {
      super(sentence, null, false, false);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }
}
