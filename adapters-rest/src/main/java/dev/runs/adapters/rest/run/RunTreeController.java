package dev.runs.adapters.rest.run;

import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Query;
import dev.runs.application.Caller;
import dev.runs.application.tree.ShowRun;
import dev.runs.domain.access.Scope;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunPath;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RunTreeController {

  private static final int USUAL_PAGE = 100;

  private final ShowRun showRun;

  RunTreeController(ShowRun showRun) {
    this.showRun = showRun;
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping("/v1/runs/{id}/tree")
  ResponseEntity<byte[]> show(Caller caller, @PathVariable RunId id, Query query) {
    var limit = query.limit(USUAL_PAGE, ShowRun.LARGEST_TREE_PAGE);
    var levels = query.between1And(RunPath.DEEPEST, "levels");
    var cursor = query.text("cursor");
    query.refuseIfWrong();
    return Answers.ok(TreeJson.of(showRun.tree(caller, id, cursor, levels, limit), limit));
  }
}
