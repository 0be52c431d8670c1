package dev.runs.adapters.web.run;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.Cursor;
import dev.runs.application.tree.ShowEvents;
import dev.runs.application.validation.ListValidations;
import dev.runs.application.validation.ValidationFilter;
import java.util.Optional;
import java.util.Set;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** What was recorded of a run: validations of its data, and what happened to it. */
@ConsolePage
class RunRecordsPage {

  private static final int AT_ONCE = 50;

  private final RunHeads heads;
  private final ListValidations listValidations;
  private final ShowEvents showEvents;

  RunRecordsPage(RunHeads heads, ListValidations listValidations, ShowEvents showEvents) {
    this.heads = heads;
    this.listValidations = listValidations;
    this.showEvents = showEvents;
  }

  /**
   * @param from how many to leave out at the beginning
   */
  @GetMapping("/console/runs/{id}/validations")
  String validations(
      Visit visit,
      @PathVariable String id,
      @RequestParam(defaultValue = "0") int from,
      Model model) {
    var run = Addresses.id(id);
    var offset = Math.clamp(from, 0, ListValidations.FARTHEST_OFFSET);
    var head = heads.of(visit, run);
    var filter =
        new ValidationFilter(
            Optional.empty(),
            Optional.of(run),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty());
    var found = listValidations.list(visit.caller(), filter, AT_ONCE, offset);
    var address = Addresses.of(run) + "/validations";
    model.addAttribute("head", head);
    model.addAttribute("validations", found.items());
    model.addAttribute(
        "next", offset + AT_ONCE < found.total() ? address + "?from=" + (offset + AT_ONCE) : null);
    model.addAttribute("first", offset > 0 ? address : null);
    return "run/validations";
  }

  /**
   * @param below whether what happened to the runs below is meant too
   * @param after the place behind which to go on
   */
  @GetMapping("/console/runs/{id}/events")
  String events(
      Visit visit,
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean below,
      @RequestParam(defaultValue = "") String after,
      Model model) {
    var run = Addresses.id(id);
    var head = heads.of(visit, run);
    var selection = showEvents.ofRun(visit.caller(), run, below);
    var place = after.isEmpty() ? showEvents.beginning() : position(after);
    var events = showEvents.list(selection, place, AT_ONCE);
    var address = Addresses.of(run) + "/events" + (below ? "?below=true" : "");
    var more = address + (below ? "&" : "?") + "after=";
    model.addAttribute("head", head);
    model.addAttribute("below", below);
    model.addAttribute("events", events.items());
    model.addAttribute("next", events.next().map(next -> more + Cursor.text(next)).orElse(null));
    model.addAttribute("first", after.isEmpty() ? null : address);
    return "run/events";
  }

  /** What is no position of an event stands before all of them. */
  private long position(String text) {
    try {
      return Math.max(Long.parseLong(text), showEvents.beginning());
    } catch (NumberFormatException _) {
      return showEvents.beginning();
    }
  }
}
