package dev.runs.adapters.web.run;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.OneTimeForms;
import dev.runs.adapters.web.frame.Said;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.adapters.web.frame.Wording;
import dev.runs.application.Receipt;
import dev.runs.application.idempotency.IdempotencyRejected;
import dev.runs.application.queue.CancelRuns;
import dev.runs.application.queue.RetryRun;
import dev.runs.application.run.DeleteRun;
import dev.runs.application.run.MadeRun;
import dev.runs.domain.Rejection;
import dev.runs.domain.access.Scope;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.StateName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What can be done with a run: cancel it, do it again, delete it. */
@ConsolePage
class RunVerbsPage {

  /** So many batches are done before the page answers; the rest goes on behind it. */
  private static final int BATCHES = 5;

  private final RunHeads heads;
  private final CancelRuns cancelRuns;
  private final RetryRun retryRun;
  private final DeleteRun deleteRun;
  private final OneTimeForms forms;
  private final Wording say;
  private final Said said;

  RunVerbsPage(
      RunHeads heads,
      CancelRuns cancelRuns,
      RetryRun retryRun,
      DeleteRun deleteRun,
      OneTimeForms forms,
      Wording say,
      Said said) {
    this.heads = heads;
    this.cancelRuns = cancelRuns;
    this.retryRun = retryRun;
    this.deleteRun = deleteRun;
    this.forms = forms;
    this.say = say;
    this.said = said;
  }

  /** Shows what a cancellation would reach. */
  @GetMapping("/console/runs/{id}/cancel")
  String askToCancel(Visit visit, @PathVariable String id, Model model) {
    visit.caller().require(Scope.RUNS_WRITE);
    return cancelForm(heads.of(visit, Addresses.id(id)), model);
  }

  @PostMapping("/console/runs/{id}/cancel")
  String cancel(
      Visit visit,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String reason,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var run = Addresses.id(id);
    var why = reason.strip();
    try {
      if (why.codePointCount(0, why.length()) > RunEvent.LONGEST_REASON) {
        model.addAttribute(
            "told",
            "A reason has at most %s characters.".formatted(say.number(RunEvent.LONGEST_REASON)));
      } else {
        var canceled =
            cancelRuns.cancel(
                visit.caller(), run, Optional.of(why).filter(it -> !it.isEmpty()), BATCHES);
        return said.redirect(
            request,
            response,
            Addresses.of(run),
            canceled.stateName() == StateName.CANCELED
                ? "The run is canceled."
                : "The run is being canceled: its worker was asked to stop.");
      }
    } catch (Rejection refusal) {
      if (refusal.reason() != Rejection.Reason.CONFLICT) {
        throw refusal;
      }
      model.addAttribute("told", refusal.sentence());
    }
    response.setStatus(HttpStatus.BAD_REQUEST.value());
    model.addAttribute("reason", reason);
    return cancelForm(heads.of(visit, run), model);
  }

  @PostMapping("/console/runs/{id}/retry")
  String retry(
      Visit visit,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String form,
      HttpServletRequest request,
      HttpServletResponse response) {
    visit.caller().require(Scope.RUNS_WRITE);
    var run = Addresses.id(id);
    return made(visit, run, form)
        .map(made ->
            said.redirect(
                request,
                response,
                Addresses.of(made.run().id()),
                "This run does %s again.".formatted(id)))
        .orElseGet(() ->
            said.redirect(
                request,
                response,
                Addresses.of(run),
                "It was done already: this run was retried once."));
  }

  /** Nothing when the form was sent before, even if what it asks for is still being done. */
  private Optional<MadeRun> made(Visit visit, RunId run, String form) {
    try {
      return forms.once(
          visit,
          form,
          "retry the run " + run,
          (Receipt<MadeRun> receipt) -> retryRun.retry(visit.caller(), run, receipt));
    } catch (IdempotencyRejected.InFlight _) {
      return Optional.empty();
    }
  }

  /** Shows what a deletion would take along. */
  @GetMapping("/console/runs/{id}/delete")
  String askToDelete(Visit visit, @PathVariable String id, Model model) {
    visit.caller().require(Scope.RUNS_WRITE);
    model.addAttribute("head", heads.of(visit, Addresses.id(id)));
    return "run/delete";
  }

  /**
   * @param name of the run, typed by whoever means it
   */
  @PostMapping("/console/runs/{id}/delete")
  String delete(
      Visit visit,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String name,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var run = Addresses.id(id);
    var head = heads.of(visit, run);
    if (!name.strip().equals(head.run().name().value())) {
      response.setStatus(HttpStatus.BAD_REQUEST.value());
      model.addAttribute("head", head);
      model.addAttribute("told", "This is not the name of the run. Nothing was deleted.");
      return "run/delete";
    }
    deleteRun.delete(visit.caller(), run, BATCHES);
    return said.redirect(
        request, response, above(head), "%s is deleted.".formatted(head.run().name()));
  }

  private static String above(RunHead head) {
    RunId parent = head.run().parent();
    return parent == null ? RunsQuery.PATH : Addresses.of(parent);
  }

  private static String cancelForm(RunHead head, Model model) {
    var live = new TreeMap<StateName, Long>();
    head.line()
        .below()
        .forEach((state, count) -> {
          if (state.isLive()) {
            live.put(state, count);
          }
        });
    model.addAttribute("head", head);
    model.addAttribute("live", live);
    model.addAttribute("liveCount", live.values().stream().mapToLong(Long::longValue).sum());
    return "run/cancel";
  }
}
