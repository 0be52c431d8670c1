package dev.runs.adapters.web.access;

import dev.runs.adapters.web.frame.ServerAddress;
import dev.runs.application.access.MintedKey;
import dev.runs.domain.access.Scope;
import dev.runs.domain.access.Team;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The page that shows a key once. */
@Component
final class ShownKey {

  private final ServerAddress serverAddress;

  ShownKey(ServerAddress serverAddress) {
    this.serverAddress = serverAddress;
  }

  /**
   * @param minted nothing when the form was done before
   */
  String page(
      String title,
      Team team,
      Optional<MintedKey> minted,
      HttpServletRequest request,
      Model model) {
    model.addAttribute("title", title);
    model.addAttribute("team", team);
    model.addAttribute("minted", minted.orElse(null));
    model.addAttribute(
        "curl",
        minted
            .filter(it -> it.key().scopes().allow(Scope.RUNS_READ))
            .map(it ->
                "curl -H 'X-API-Key: %s' %s/v1/runs"
                    .formatted(it.text(), serverAddress.of(request)))
            .orElse(null));
    return "access/key-shown";
  }
}
