package dev.runs.adapters.web.bulk;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.Said;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.bulk.BulkAction;
import dev.runs.application.bulk.BulkExtent;
import dev.runs.application.bulk.BulkId;
import dev.runs.application.bulk.BulkOperation;
import dev.runs.application.bulk.BulkRejected;
import dev.runs.application.bulk.PreviewBulk;
import dev.runs.application.bulk.ShowBulk;
import dev.runs.application.bulk.StartBulk;
import dev.runs.application.bulk.StopBulk;
import dev.runs.domain.access.Scope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where many runs are canceled or retried: what will happen, a word to type, how far it has come.
 */
@ConsolePage
class BulkPage {

  private final PreviewBulk previewBulk;
  private final StartBulk startBulk;
  private final ShowBulk showBulk;
  private final StopBulk stopBulk;
  private final Choices choices;
  private final Said said;

  BulkPage(
      PreviewBulk previewBulk,
      StartBulk startBulk,
      ShowBulk showBulk,
      StopBulk stopBulk,
      Choices choices,
      Said said) {
    this.previewBulk = previewBulk;
    this.startBulk = startBulk;
    this.showBulk = showBulk;
    this.stopBulk = stopBulk;
    this.choices = choices;
    this.said = said;
  }

  @GetMapping("/console/bulk")
  String list(Visit visit, Model model) {
    var looks = visit.caller().principal();
    model.addAttribute(
        "operations",
        showBulk.last(visit.caller()).stream()
            .map(operation -> Progress.of(operation, looks))
            .toList());
    return "bulk/list";
  }

  /** Changes nothing: what was chosen is too long for an address. */
  @PostMapping("/console/bulk")
  String preview(Visit visit, HttpServletRequest request, Model model) {
    return preview(visit, request, model, null);
  }

  @PostMapping("/console/bulk/start")
  String start(
      Visit visit,
      @RequestParam(defaultValue = "") String id,
      @RequestParam(defaultValue = "") String typed,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    visit.caller().require(Scope.RUNS_WRITE);
    var action = action(request);
    var seen = choices.seen(request);
    if (!Confirmation.of(action, seen).isTyped(typed)) {
      response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
      return preview(visit, request, model, "Type the word below to confirm; nothing was done.");
    }
    try {
      var started =
          startBulk.start(visit.caller(), bulkId(id), action, choices.of(visit, request), seen);
      return said.redirect(
          request,
          response,
          address(started),
          action == BulkAction.CANCEL
              ? "The runs are being canceled."
              : "The runs are being retried.");
    } catch (BulkRejected.OthersMeant refusal) {
      response.setStatus(HttpServletResponse.SC_CONFLICT);
      return preview(visit, request, model, refusal.sentence());
    } catch (BulkRejected.TooManyRunning | BulkRejected.TooMany refusal) {
      response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
      return preview(visit, request, model, refusal.sentence());
    }
  }

  @GetMapping("/console/bulk/{id}")
  String progress(Visit visit, @PathVariable String id, Model model) {
    var operation = showBulk.one(visit.caller(), bulkId(id));
    model.addAttribute("it", Progress.of(operation, visit.caller().principal()));
    model.addAttribute("mayChange", visit.may(Scope.RUNS_WRITE));
    return "bulk/progress";
  }

  /** The part of the page that changes. */
  @GetMapping("/console/bulk/{id}/live")
  String live(Visit visit, @PathVariable String id, Model model) {
    progress(visit, id, model);
    return "bulk/progress :: live";
  }

  @PostMapping("/console/bulk/{id}/stop")
  String stop(
      Visit visit,
      @PathVariable String id,
      HttpServletRequest request,
      HttpServletResponse response) {
    var operation = stopBulk.stop(visit.caller(), bulkId(id));
    return said.redirect(
        request,
        response,
        address(operation),
        operation.tally().examined() < operation.expected()
            ? "The operation is stopped; what it has done stays done."
            : "The operation was over already.");
  }

  private String preview(
      Visit visit, HttpServletRequest request, Model model, @Nullable String told) {
    var action = action(request);
    var preview = previewBulk.preview(visit.caller(), choices.of(visit, request));
    model.addAttribute("told", told);
    model.addAttribute("action", action.wireName());
    model.addAttribute("isCancel", action == BulkAction.CANCEL);
    model.addAttribute("id", preview.id());
    model.addAttribute("meant", preview.meant());
    BulkExtent.of(preview.meant())
        .ifPresent(seen -> {
          model.addAttribute("seen", seen);
          model.addAttribute("word", Confirmation.of(action, seen).word());
        });
    model.addAttribute("chosen", choices.fields(request));
    return "bulk/preview";
  }

  private static BulkAction action(HttpServletRequest request) {
    return BulkAction.ofWireName(String.valueOf(request.getParameter("action")))
        .orElseThrow(BulkRejected.NothingMeant::new);
  }

  private static String address(BulkOperation operation) {
    return "/console/bulk/" + operation.id();
  }

  /**
   * @throws BulkRejected.NotFound when the text names none
   */
  private static BulkId bulkId(String text) {
    return Optional.of(text)
        .filter(it -> it.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
        .map(it -> new BulkId(UUID.fromString(it)))
        .orElseThrow(BulkRejected.NotFound::new);
  }
}
