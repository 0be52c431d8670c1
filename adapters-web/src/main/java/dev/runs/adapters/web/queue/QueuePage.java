package dev.runs.adapters.web.queue;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.FirstRun;
import dev.runs.adapters.web.frame.Said;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.Cursor;
import dev.runs.application.queue.EditKinds;
import dev.runs.application.queue.ShowQueue;
import dev.runs.application.queue.ShowWorkers;
import dev.runs.domain.queue.Kind;
import dev.runs.domain.run.StateName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The queue: its kinds, one kind with its runs, and who executes them. */
@ConsolePage
class QueuePage {

  private static final String KINDS = "/console/queue";

  private final ShowQueue showQueue;
  private final ShowWorkers showWorkers;
  private final EditKinds editKinds;
  private final FirstRun firstRun;
  private final Said said;
  private final InstantSource clock;

  QueuePage(
      ShowQueue showQueue,
      ShowWorkers showWorkers,
      EditKinds editKinds,
      FirstRun firstRun,
      Said said,
      InstantSource clock) {
    this.showQueue = showQueue;
    this.showWorkers = showWorkers;
    this.editKinds = editKinds;
    this.firstRun = firstRun;
    this.said = said;
    this.clock = clock;
  }

  @GetMapping(KINDS)
  String kinds(
      Visit visit, @RequestParam Optional<String> after, HttpServletRequest request, Model model) {
    addKinds(visit, after, model);
    model.addAttribute("lines", firstRun.queued(visit.organization(), request));
    return "queue/kinds";
  }

  /** The part of the page that is asked for again and again. */
  @GetMapping(KINDS + "/live")
  String liveKinds(
      Visit visit, @RequestParam Optional<String> after, HttpServletRequest request, Model model) {
    kinds(visit, after, request, model);
    return "queue/kinds :: live";
  }

  private void addKinds(Visit visit, Optional<String> after, Model model) {
    var cursor = after.filter(text -> !text.isEmpty());
    var page = showQueue.list(visit.caller(), cursor, ShowQueue.LARGEST_PAGE);
    model.addAttribute("visit", visit);
    model.addAttribute("kinds", page.items());
    model.addAttribute("after", cursor.orElse(null));
    model.addAttribute("next", page.next().orElse(null));
    model.addAttribute("workers", showWorkers.show(visit.caller()));
    model.addAttribute("ids", new KindIds());
    model.addAttribute("paused", StateName.PAUSED);
  }

  @GetMapping(KINDS + "/kind")
  String kind(Visit visit, @RequestParam String name, Model model) {
    var view = showQueue.show(visit.caller(), new Kind(name));
    model.addAttribute("visit", visit);
    model.addAttribute("view", view);
    model.addAttribute("state", view.state());
    model.addAttribute("paused", StateName.PAUSED);
    model.addAttribute("past", KindPast.of(view, clock.instant()));
    return "queue/kind";
  }

  @GetMapping(KINDS + "/kind/live")
  String liveKind(Visit visit, @RequestParam String name, Model model) {
    kind(visit, name, model);
    return "queue/kind :: live";
  }

  /**
   * @param isOnList whether the form stood in the list of kinds
   */
  @PostMapping(KINDS + "/pause")
  String pause(
      Visit visit,
      @RequestParam String kind,
      @RequestParam(name = "list", defaultValue = "false") boolean isOnList,
      HttpServletRequest request,
      HttpServletResponse response) {
    editKinds.pause(visit.caller(), new Kind(kind));
    return said.redirect(
        request,
        response,
        back(kind, isOnList),
        "Paused “" + kind + "”: no run of it is started. Those that are running go on.");
  }

  @PostMapping(KINDS + "/resume")
  String resume(
      Visit visit,
      @RequestParam String kind,
      @RequestParam(name = "list", defaultValue = "false") boolean isOnList,
      HttpServletRequest request,
      HttpServletResponse response) {
    editKinds.resume(visit.caller(), new Kind(kind));
    return said.redirect(
        request, response, back(kind, isOnList), "Resumed “" + kind + "”: its runs are started.");
  }

  private static String back(String kind, boolean isOnList) {
    return isOnList
        ? KINDS
        : KINDS + "/kind?name=" + URLEncoder.encode(kind, StandardCharsets.UTF_8);
  }

  /** Names for elements of a page that belong to a kind, whatever it is called. */
  public static final class KindIds {

    /** Only letters, digits, hyphens and underscores. */
    public String of(Kind kind) {
      return Cursor.of(kind.value());
    }
  }
}
