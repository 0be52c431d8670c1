package dev.runs.adapters.web.audit;

import dev.runs.adapters.web.frame.Search;
import dev.runs.adapters.web.frame.WrittenTime;
import dev.runs.application.audit.AuditFilter;
import dev.runs.domain.audit.AuditAction;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the log somebody wants to see, as it stands in the address; empty texts narrow
 * nothing.
 *
 * @param from as a field for a moment writes it, in UTC: {@code 2026-11-22T07:30}
 * @param to as {@code from}
 * @param all whether of the whole installation and not of one organization
 */
public record AuditView(
    String actor, String action, String target, String from, String to, boolean all) {

  private static final List<String> FIELDS = List.of("action", "from", "to");

  public AuditView {
    actor = Search.of(actor);
    action = Search.of(action);
    target = Search.of(target);
    from = Search.of(from);
    to = Search.of(to);
  }

  public boolean isNarrowed() {
    return !(actor + action + target + from + to).isEmpty();
  }

  /** What is wrong in a field; null when nothing is. */
  public @Nullable String problem(String field) {
    return switch (field) {
      case "action" ->
          action.isEmpty() || AuditAction.ofWireName(action).isPresent()
              ? null
              : "There is no action “%s”; choose one of the list.".formatted(action);
      case "from" -> problemOfMoment(from);
      case "to" -> problemOfMoment(to);
      default -> null;
    };
  }

  /** What is wrong in all of its fields, with their names; null when nothing is. */
  @Nullable String problems() {
    var problems =
        FIELDS.stream()
            .filter(field -> problem(field) != null)
            .map(field -> field + ": " + problem(field))
            .collect(Collectors.joining(" "));
    return problems.isEmpty() ? null : problems;
  }

  /**
   * Only when nothing is wrong in it.
   *
   * @throws DateTimeException when a moment is none
   */
  AuditFilter filter() {
    return new AuditFilter(
        given(actor),
        AuditAction.ofWireName(action),
        given(target),
        given(from).map(WrittenTime::moment),
        given(to).map(WrittenTime::moment));
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(it -> !it.isEmpty());
  }

  private static @Nullable String problemOfMoment(String text) {
    try {
      var _ = given(text).map(WrittenTime::moment);
      return null;
    } catch (DateTimeException _) {
      return "A moment is written as 2026-11-22T07:30; it is taken for UTC.";
    }
  }
}
