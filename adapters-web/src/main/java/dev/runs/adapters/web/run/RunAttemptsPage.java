package dev.runs.adapters.web.run;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.action.ActionDetails;
import dev.runs.application.action.AttemptView;
import dev.runs.application.action.ShowActions;
import dev.runs.domain.action.AttemptKey;
import dev.runs.domain.action.Document;
import java.util.List;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The attempts of a run, one at a time: phases, error, logs and what happened in its cluster. */
@ConsolePage
class RunAttemptsPage {

  private static final int EVENTS_AT_ONCE = 100;

  private final RunHeads heads;
  private final ShowActions showActions;

  RunAttemptsPage(RunHeads heads, ShowActions showActions) {
    this.heads = heads;
    this.showActions = showActions;
  }

  /**
   * @param attempt its number; the last one when there is no such
   * @param after the place in its cluster events behind which to go on
   */
  @GetMapping("/console/runs/{id}/attempts")
  String show(
      Visit visit,
      @PathVariable String id,
      @RequestParam(defaultValue = "0") int attempt,
      @RequestParam(defaultValue = "0") long after,
      Model model) {
    var run = Addresses.id(id);
    var details = heads.details(visit, run);
    var head = heads.of(visit, run);
    var attempts = details.map(ActionDetails::attempts).orElse(List.of());
    model.addAttribute("head", head);
    model.addAttribute("attempts", attempts);
    if (!attempts.isEmpty()) {
      var shown =
          attempts.stream()
              .filter(it -> it.number() == attempt)
              .findFirst()
              .orElse(attempts.getLast());
      show(new AttemptKey(run, shown.number()), shown, after, model);
    }
    return "run/attempts";
  }

  private void show(AttemptKey key, AttemptView shown, long after, Model model) {
    var told = showActions.clusterEvents(key, after, EVENTS_AT_ONCE + 1);
    var events = told.subList(0, Math.min(told.size(), EVENTS_AT_ONCE));
    var address = Addresses.of(key.run()) + "/attempts?attempt=" + key.number();
    model.addAttribute("shown", shown);
    model.addAttribute("outputs", shown.outputs().map(Document::json).map(JsonText::indented));
    model.addAttribute("logs", shown.logs().stream().map(RunLog::of).toList());
    model.addAttribute("events", events);
    model.addAttribute(
        "next",
        told.size() > EVENTS_AT_ONCE ? address + "&after=" + events.getLast().place() : null);
    model.addAttribute("first", after > 0 ? address : null);
  }
}
