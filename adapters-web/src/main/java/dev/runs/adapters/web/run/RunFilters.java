package dev.runs.adapters.web.run;

import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.run.ListRuns;
import dev.runs.application.run.RunFilter;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds out which runs a query means in the organization in which somebody acts. */
@Component
public class RunFilters {

  private final ListRuns listRuns;

  RunFilters(ListRuns listRuns) {
    this.listRuns = listRuns;
  }

  /** Nothing when something in the query is wrong, or its user or project is not there. */
  public Optional<RunFilter> of(Visit visit, RunsQuery query) {
    var organization = visit.organization();
    var user = query.user().flatMap(name -> listRuns.user(organization, name));
    var project = query.project().flatMap(ref -> listRuns.project(organization, ref));
    var isUserMissing = query.user().isPresent() && user.isEmpty();
    var isProjectMissing = query.project().isPresent() && project.isEmpty();
    if (query.isWrong() || isUserMissing || isProjectMissing) {
      return Optional.empty();
    }
    var filter = query.filter();
    var inProject = filter.narrowedTo(project, filter.createdFrom(), filter.createdBefore());
    return Optional.of(user.map(inProject::of).orElse(inProject));
  }
}
