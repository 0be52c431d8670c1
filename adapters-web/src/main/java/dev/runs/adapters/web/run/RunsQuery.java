package dev.runs.adapters.web.run;

import dev.runs.adapters.web.frame.WrittenTime;
import dev.runs.application.run.RunFilter;
import dev.runs.domain.Rejection;
import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.ProjectRef;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.StateName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to see of the runs, as it stands in the address of the list. What is wrong in
 * it stays as it was written, with a sentence.
 */
public final class RunsQuery {

  /** The address of the list. */
  static final String PATH = "/console/runs";

  private static final List<String> TEXTS =
      List.of(
          "q",
          "project",
          "service",
          "task",
          "app",
          "brand",
          "campaign",
          "user",
          "parent",
          "from",
          "to");
  private static final Set<String> SELDOM =
      Set.of("parent", "app", "brand", "campaign", "from", "to");
  private static final String STATE = "state";
  private static final String ALL = "all";
  private static final String AFTER = "after";
  private static final int MOST_CHARACTERS = 255;

  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, String> problems = new LinkedHashMap<>();
  private final Set<StateName> states = EnumSet.noneOf(StateName.class);
  private final boolean isOfAllLevels;
  private final Optional<String> after;
  private final RunFilter filter;
  private final Optional<ExternalId> user;
  private final Optional<ProjectRef> project;

  private RunsQuery(Function<String, String @Nullable []> parameters) {
    for (var name : TEXTS) {
      var text = first(parameters, name).strip();
      if (!text.isEmpty()) {
        texts.put(name, text);
      }
    }
    for (var name : all(parameters, STATE)) {
      StateName.ofWireName(name)
          .ifPresentOrElse(
              states::add, () -> problems.put(STATE, "There is no state “%s”.".formatted(name)));
    }
    isOfAllLevels = first(parameters, ALL).equals("true");
    after = Optional.of(first(parameters, AFTER)).filter(text -> !text.isEmpty());
    user = read("user", ExternalId::new, "A user has 1 to 255 characters.");
    project = read("project", ProjectRef::of, "A project is called by its slug or its id.");
    filter = narrowed();
  }

  /**
   * Reads the parameters of a request.
   *
   * @param parameters all values of a parameter; null when it is not there
   */
  public static RunsQuery of(Function<String, String @Nullable []> parameters) {
    return new RunsQuery(parameters);
  }

  private RunFilter narrowed() {
    var roots = isOfRoots() ? RunFilter.ALL.ofRoots() : RunFilter.ALL;
    var narrowed =
        roots
            .in(states)
            .labelled(new RunLabels(label("app"), label("brand"), label("campaign")))
            .narrowedTo(Optional.empty(), moment("from"), moment("to"));
    narrowed = plain("service").map(narrowed::ofService).orElse(narrowed);
    narrowed = plain("task").map(narrowed::ofTask).orElse(narrowed);
    narrowed = plain("q").map(narrowed::matching).orElse(narrowed);
    return read("parent", RunsQuery::id, "A run is called by its id, a UUID.")
        .map(narrowed::under)
        .orElse(narrowed);
  }

  /** Which runs are meant, without the user and the project, which have to be found by name. */
  public RunFilter filter() {
    return filter;
  }

  public Optional<ExternalId> user() {
    return user;
  }

  public Optional<ProjectRef> project() {
    return project;
  }

  /** The place behind which to go on. */
  Optional<String> after() {
    return after;
  }

  /** Whether something in it means nothing. */
  public boolean isWrong() {
    return !problems.isEmpty();
  }

  /** Whether only runs without a parent are meant. */
  public boolean isOfRoots() {
    return !isOfAllLevels && !texts.containsKey("parent");
  }

  /** Whether something narrows the list beside the states and the level. */
  public boolean isNarrowed() {
    return !texts.isEmpty();
  }

  /** Whether one of the fields is filled that are shown on demand only. */
  public boolean isNarrowedFurther() {
    return SELDOM.stream().anyMatch(texts::containsKey);
  }

  public boolean hasStates() {
    return !states.isEmpty();
  }

  public Set<StateName> states() {
    return Collections.unmodifiableSet(states);
  }

  /** What was written into a field; empty when nothing was. */
  public String value(String name) {
    return texts.getOrDefault(name, "");
  }

  /** What is wrong in a field; null when nothing is. */
  public @Nullable String problem(String name) {
    return problems.get(name);
  }

  /** The query without a place in the list, as another form can carry it. */
  public String text() {
    return parameters(texts, states, isOfAllLevels);
  }

  /** The first page of the list. */
  public String address() {
    return address(text());
  }

  /** The page behind a place. */
  public String addressAfter(String cursor) {
    var query = text();
    return address((query.isEmpty() ? "" : query + "&") + pair(AFTER, cursor));
  }

  /** The same list of one state only; of all states when it is the one already. */
  public String addressOf(StateName state) {
    var only = states.equals(Set.of(state)) ? Set.<StateName>of() : Set.of(state);
    return address(parameters(texts, only, isOfAllLevels));
  }

  public String addressOfAnyState() {
    return address(parameters(texts, Set.of(), isOfAllLevels));
  }

  /** The same list of roots only, or of all levels. */
  public String addressOfLevels(boolean allLevels) {
    var others = new LinkedHashMap<>(texts);
    if (!allLevels) {
      others.remove("parent");
    }
    return address(parameters(others, states, allLevels));
  }

  private static String address(String query) {
    return query.isEmpty() ? PATH : PATH + "?" + query;
  }

  private static String parameters(
      Map<String, String> texts, Set<StateName> states, boolean allLevels) {
    var pairs = new ArrayList<String>();
    texts.forEach((name, value) -> pairs.add(pair(name, value)));
    states.stream().sorted().forEach(state -> pairs.add(pair(STATE, state.wireName())));
    if (allLevels) {
      pairs.add(pair(ALL, "true"));
    }
    return String.join("&", pairs);
  }

  private static String pair(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private @Nullable String label(String name) {
    return plain(name).orElse(null);
  }

  private Optional<String> plain(String name) {
    return read(
        name, RunsQuery::checked, "This has 1 to 255 characters, and no control characters.");
  }

  private Optional<Instant> moment(String name) {
    return read(name, WrittenTime::moment, "A time looks like 2026-11-22T14:30, in UTC.");
  }

  private <T> Optional<T> read(String name, Function<String, T> form, String sentence) {
    var text = texts.get(name);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(form.apply(checked(text)));
    } catch (IllegalArgumentException | DateTimeException | Rejection _) {
      problems.put(name, sentence);
      return Optional.empty();
    }
  }

  private static String checked(String text) {
    if (text.length() > MOST_CHARACTERS || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a text of " + text.length() + " characters");
    }
    return text;
  }

  private static RunId id(String text) {
    return new RunId(UUID.fromString(text));
  }

  private static String first(Function<String, String @Nullable []> parameters, String name) {
    var values = parameters.apply(name);
    return values == null || values.length == 0 ? "" : values[0];
  }

  private static List<String> all(Function<String, String @Nullable []> parameters, String name) {
    var values = parameters.apply(name);
    return values == null
        ? List.of()
        : Arrays.stream(values).filter(value -> !value.isEmpty()).toList();
  }
}
