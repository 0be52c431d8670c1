package dev.runs.adapters.web.access;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Said;
import dev.runs.adapters.web.frame.Search;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.Receipt;
import dev.runs.application.access.EditProjects;
import dev.runs.application.access.ShowProjects;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.Description;
import dev.runs.domain.access.DisplayName;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.access.Slug;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The projects of the organization in which somebody acts. */
@ConsolePage
class ProjectsPage {

  private static final String PATH = "/console/projects";
  private static final int ROWS = 50;

  private final ShowProjects showProjects;
  private final EditProjects editProjects;
  private final Said said;

  ProjectsPage(ShowProjects showProjects, EditProjects editProjects, Said said) {
    this.showProjects = showProjects;
    this.editProjects = editProjects;
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
    model.addAttribute("list", showProjects.list(visit.caller(), search, cursor, ROWS));
    return "access/projects";
  }

  @PostMapping(PATH)
  String create(
      Visit visit,
      @RequestParam(defaultValue = "") String slug,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String description,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      var typed = new Slug(slug.strip());
      var project =
          editProjects.create(
              visit.caller(),
              typed,
              new DisplayName(name.isBlank() ? typed.value() : name.strip()),
              new Description(description.strip()),
              Receipt.none());
      return said.redirect(
          request, response, PATH, "The project %s was made.".formatted(project.slug()));
    } catch (AccessRejected refusal) {
      Refusals.tell(refusal, response, model);
      model.addAttribute("slug", slug);
      model.addAttribute("name", name);
      model.addAttribute("description", description);
      return list(visit, "", Optional.empty(), model);
    }
  }

  @GetMapping(PATH + "/{slug}")
  String show(Visit visit, @PathVariable String slug, Model model) {
    var project = showProjects.show(visit.caller(), ref(slug));
    model.addAttribute("visit", visit);
    model.addAttribute("project", project);
    if (!model.containsAttribute("name")) {
      model.addAttribute("name", project.name().value());
      model.addAttribute("description", project.description().value());
    }
    return "access/project";
  }

  @PostMapping(PATH + "/{slug}")
  String change(
      Visit visit,
      @PathVariable String slug,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String description,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      var project =
          editProjects.change(
              visit.caller(),
              ref(slug),
              Optional.of(new DisplayName(name.strip())),
              Optional.of(new Description(description.strip())));
      return said.redirect(
          request, response, PATH, "The project %s was changed.".formatted(project.slug()));
    } catch (AccessRejected refusal) {
      Refusals.tell(refusal, response, model);
      model.addAttribute("name", name);
      model.addAttribute("description", description);
      return show(visit, slug, model);
    }
  }

  @PostMapping(PATH + "/{slug}/delete")
  String delete(
      Visit visit,
      @PathVariable String slug,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      editProjects.delete(visit.caller(), ref(slug));
      return said.redirect(request, response, PATH, "The project %s is gone.".formatted(slug));
    } catch (AccessRejected refusal) {
      Refusals.tell(refusal, response, model);
      return show(visit, slug, model);
    }
  }

  /** What is no slug names no project. */
  private static ProjectRef ref(String slug) {
    try {
      return new ProjectRef.BySlug(new Slug(slug));
    } catch (AccessRejected.BadSlug _) {
      throw new AccessRejected.ProjectNotFound();
    }
  }
}
