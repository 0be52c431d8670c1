package dev.runs.adapters.web.access;

import dev.runs.adapters.web.frame.ConsolePage;
import dev.runs.adapters.web.frame.OneTimeForms;
import dev.runs.adapters.web.frame.Said;
import dev.runs.adapters.web.frame.Visit;
import dev.runs.application.Receipt;
import dev.runs.application.access.MintKeys;
import dev.runs.application.access.MintedKey;
import dev.runs.application.access.ShowKeys;
import dev.runs.application.access.ShowTeams;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.ApiKeyId;
import dev.runs.domain.access.TeamId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What is kept of one key, how it is followed by another one, and how it ends. */
@ConsolePage
@RequestMapping(TeamsPage.PATH + "/{team}/keys/{id}")
class KeyPage {

  private final ShowTeams showTeams;
  private final ShowKeys showKeys;
  private final MintKeys mintKeys;
  private final OneTimeForms forms;
  private final ShownKey shownKey;
  private final InstantSource clock;
  private final Said said;

  KeyPage(
      ShowTeams showTeams,
      ShowKeys showKeys,
      MintKeys mintKeys,
      OneTimeForms forms,
      ShownKey shownKey,
      InstantSource clock,
      Said said) {
    this.showTeams = showTeams;
    this.showKeys = showKeys;
    this.mintKeys = mintKeys;
    this.forms = forms;
    this.shownKey = shownKey;
    this.clock = clock;
    this.said = said;
  }

  @GetMapping
  String show(Visit visit, @PathVariable TeamId team, @PathVariable ApiKeyId id, Model model) {
    about(visit, team, id, model);
    model.addAttribute("form", forms.number());
    model.addAttribute("usualHours", MintKeys.USUAL_OVERLAP.toHours());
    model.addAttribute("mostHours", MintKeys.LONGEST_OVERLAP.toHours());
    return "access/key";
  }

  /** The answer holds the new key, so it is no redirect, and no cache keeps it. */
  @PostMapping("/rotate")
  String rotate(
      Visit visit,
      @PathVariable TeamId team,
      @PathVariable ApiKeyId id,
      @RequestParam(defaultValue = "") String form,
      @RequestParam(defaultValue = "") String hours,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    var overlap = overlap(hours);
    if (overlap.isEmpty()) {
      Refusals.tell(
          "Both keys can be accepted for 0 to %d hours."
              .formatted(MintKeys.LONGEST_OVERLAP.toHours()),
          response,
          model);
      return show(visit, team, id, model);
    }
    try {
      var minted =
          forms.once(
              visit,
              form,
              "rotate the key " + id,
              (Receipt<MintedKey> receipt) ->
                  mintKeys.rotate(visit.caller(), Optional.of(team), id, overlap.get(), receipt));
      return shownKey.page(
          "Next key", showTeams.show(visit.caller(), team), minted, request, model);
    } catch (AccessRejected refusal) {
      Refusals.tell(refusal, response, model);
      return show(visit, team, id, model);
    }
  }

  @GetMapping("/revoke")
  String askToRevoke(
      Visit visit, @PathVariable TeamId team, @PathVariable ApiKeyId id, Model model) {
    about(visit, team, id, model);
    return "access/revoke-key";
  }

  @PostMapping("/revoke")
  String revoke(
      Visit visit,
      @PathVariable TeamId team,
      @PathVariable ApiKeyId id,
      HttpServletRequest request,
      HttpServletResponse response) {
    var key = mintKeys.revoke(visit.caller(), Optional.of(team), id, Receipt.none());
    return said.redirect(
        request,
        response,
        TeamsPage.address(team),
        "The key %s is revoked: no request with it is accepted any more.".formatted(key.name()));
  }

  private void about(Visit visit, TeamId team, ApiKeyId id, Model model) {
    model.addAttribute("team", showTeams.show(visit.caller(), team));
    model.addAttribute("key", showKeys.show(visit.caller(), Optional.of(team), id));
    model.addAttribute("now", clock.instant());
  }

  private static Optional<Duration> overlap(String hours) {
    try {
      return Optional.of(Duration.ofHours(Integer.parseInt(hours.strip())))
          .filter(it -> !it.isNegative())
          .filter(it -> it.compareTo(MintKeys.LONGEST_OVERLAP) <= 0);
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
