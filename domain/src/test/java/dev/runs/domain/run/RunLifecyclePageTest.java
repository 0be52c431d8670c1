package dev.runs.domain.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.domain.run.RunTransition.Mover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Keeps the page about the life of a run true: what it draws is the table that the code follows.
 */
final class RunLifecyclePageTest {

  private static final Path PAGE = Path.of("..", "docs", "run-lifecycle.md");

  @Test
  void drawsExactlyTheTransitionsThereAre() throws IOException {
    assertThat(page()).contains(diagram());
  }

  @Test
  void listsExactlyTheTransitionsThereAre() throws IOException {
    assertThat(page()).contains(table());
  }

  @Test
  void namesEveryStateInItsOrder() throws IOException {
    var named =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.matches("\\| `[a-z_]+` \\| `(running|completed|failed)` \\|.*"))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .toList();

    assertThat(named)
        .containsExactlyElementsOf(
            Arrays.stream(StateName.values()).map(StateName::wireName).toList());
  }

  private static String page() throws IOException {
    return Files.readString(PAGE);
  }

  /** A transition that every live state allows is drawn once, from all of them together. */
  private static String diagram() {
    var within = new ArrayList<String>();
    var beyond = new ArrayList<String>();
    for (var transition : RunTransition.values()) {
      for (var to : StateName.values()) {
        var from = statesBefore(transition, to);
        if (from.containsAll(live())) {
          beyond.add("    live --> %s : %s".formatted(to.wireName(), label(transition)));
        } else {
          from.forEach(state -> {
            var arrow =
                "%s --> %s : %s".formatted(state.wireName(), to.wireName(), label(transition));
            if (state.isLive() && to.isLive()) {
              within.add("        " + arrow);
            } else {
              beyond.add("    " + arrow);
            }
          });
        }
      }
    }
    for (var end : StateName.values()) {
      if (Arrays.stream(RunTransition.values())
          .allMatch(each -> statesAfter(each, end).isEmpty())) {
        beyond.add("    %s --> [*]".formatted(end.wireName()));
      }
    }
    return """
    ```mermaid
    stateDiagram-v2
        state live {
    %s
        }
    %s
    ```
    """
        .formatted(String.join("\n", within), String.join("\n", beyond));
  }

  private static String table() {
    var rows =
        Arrays.stream(RunTransition.values())
            .map(each ->
                "| `%s` | %s | %s | %s |\n"
                    .formatted(
                        each.wireName(),
                        words(sources(each)),
                        words(targets(each)),
                        each.mover() == Mover.REPORT ? "a report" : "a later attempt"))
            .collect(Collectors.joining());
    return "| transition | from | to | made by |\n|--|--|--|--|\n" + rows;
  }

  private static String label(RunTransition transition) {
    return transition.mover() == Mover.REPORT
        ? transition.wireName()
        : transition.wireName() + " (later attempt)";
  }

  private static String words(List<StateName> states) {
    return states.containsAll(live()) && states.size() == live().size()
        ? "any live state"
        : states.stream()
            .map(state -> "`%s`".formatted(state.wireName()))
            .collect(Collectors.joining(", "));
  }

  private static List<StateName> sources(RunTransition transition) {
    return Arrays.stream(StateName.values())
        .filter(state -> !statesAfter(transition, state).isEmpty())
        .toList();
  }

  private static List<StateName> targets(RunTransition transition) {
    return Arrays.stream(StateName.values())
        .filter(state -> !statesBefore(transition, state).isEmpty())
        .toList();
  }

  private static Set<StateName> statesAfter(RunTransition transition, StateName from) {
    return Arrays.stream(StateName.values())
        .filter(to -> transition.allows(from, to))
        .collect(Collectors.toSet());
  }

  private static List<StateName> statesBefore(RunTransition transition, StateName to) {
    return Arrays.stream(StateName.values()).filter(from -> transition.allows(from, to)).toList();
  }

  private static List<StateName> live() {
    return Arrays.stream(StateName.values()).filter(StateName::isLive).toList();
  }
}
