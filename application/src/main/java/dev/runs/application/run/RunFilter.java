package dev.runs.application.run;

import dev.runs.application.Ids;
import dev.runs.domain.access.Slug;
import dev.runs.domain.access.UserId;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunLabels;
import dev.runs.domain.run.StateName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Which runs of an organization are meant; what is empty does not narrow.
 *
 * @param project the only one
 * @param states any of these; empty means any state
 * @param createdFrom the earliest creation, included
 * @param createdBefore the end of creation, not included
 * @param startedFrom the earliest start, included
 * @param startedTo the latest start, included
 * @param isOfRoots whether only runs without a parent are meant
 * @param text what is searched for: the whole id of a run, or else how its name or its task begins;
 *     capital letters count
 */
public record RunFilter(
    Optional<String> service,
    Optional<String> task,
    Optional<UserId> user,
    Set<StateName> states,
    Optional<Instant> startedFrom,
    Optional<Instant> startedTo,
    Optional<RunId> parent,
    Optional<String> app,
    Optional<String> brand,
    Optional<String> campaign,
    Optional<Slug> project,
    Optional<Instant> createdFrom,
    Optional<Instant> createdBefore,
    boolean isOfRoots,
    Optional<String> text) {

  /** The most characters that can be searched for. */
  public static final int MOST_CHARACTERS = 255;

  private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

  /** So much later than it was made, at most, a run is told of that a list up to a day finds. */
  static final Duration LONGEST_UNTOLD = Duration.ofDays(1);

  private static final Pattern ID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  public static final RunFilter ALL =
      new RunFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Set.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** What the tracker's list can be narrowed by. */
  public RunFilter(
      Optional<String> service,
      Optional<String> task,
      Optional<UserId> user,
      Set<StateName> states,
      Optional<Instant> startedFrom,
      Optional<Instant> startedTo,
      Optional<RunId> parent,
      Optional<String> app,
      Optional<String> brand,
      Optional<String> campaign) {
    this(
        service,
        task,
        user,
        states,
        startedFrom,
        startedTo,
        parent,
        app,
        brand,
        campaign,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }

  /**
   * @throws IllegalArgumentException when the text is empty or too long
   */
  public RunFilter {
    states = Set.copyOf(states);
    text.ifPresent(RunFilter::check);
  }

  /** The id that is searched for; nothing when a beginning is, or nothing. */
  public Optional<RunId> searchedId() {
    return text.filter(it -> ID.matcher(it).matches()).map(it -> new RunId(UUID.fromString(it)));
  }

  /** How the name or the task of a run is to begin; nothing when an id is searched for. */
  public Optional<String> searchedBeginning() {
    return text.filter(it -> !ID.matcher(it).matches());
  }

  /** Narrowed further by what the tracker does not know. */
  public RunFilter narrowedTo(
      Optional<Slug> inProject, Optional<Instant> from, Optional<Instant> before) {
    return new RunFilter(
        service,
        task,
        user,
        states,
        startedFrom,
        startedTo,
        parent,
        app,
        brand,
        campaign,
        inProject,
        from,
        before,
        isOfRoots,
        text);
  }

  /** Of this user. */
  public RunFilter of(UserId onlyUser) {
    return new RunFilter(
        service,
        task,
        Optional.of(onlyUser),
        states,
        startedFrom,
        startedTo,
        parent,
        app,
        brand,
        campaign,
        project,
        createdFrom,
        createdBefore,
        isOfRoots,
        text);
  }

  /** In any of these states, whatever was said of states before; none means any state. */
  public RunFilter in(Set<StateName> anyOf) {
    return new RunFilter(
        service,
        task,
        user,
        anyOf,
        startedFrom,
        startedTo,
        parent,
        app,
        brand,
        campaign,
        project,
        createdFrom,
        createdBefore,
        isOfRoots,
        text);
  }

  /** Of this service. */
  public RunFilter ofService(String only) {
    return new RunFilter(
        Optional.of(only),
        task,
        user,
        states,
        startedFrom,
        startedTo,
        parent,
        app,
        brand,
        campaign,
        project,
        createdFrom,
        createdBefore,
        isOfRoots,
        text);
  }

  /** For this task. */
  public RunFilter ofTask(String only) {
    return new RunFilter(
        service,
        Optional.of(only),
        user,
        states,
        startedFrom,
        startedTo,
        parent,
        app,
        brand,
        campaign,
        project,
        createdFrom,
        createdBefore,
        isOfRoots,
        text);
  }

  /** Right below this run. */
  public RunFilter under(RunId only) {
    return new RunFilter(
        service,
        task,
        user,
        states,
        startedFrom,
        startedTo,
        Optional.of(only),
        app,
        brand,
        campaign,
        project,
        createdFrom,
        createdBefore,
        isOfRoots,
        text);
  }

  /** With all the labels of these that are there. */
  public RunFilter labelled(RunLabels labels) {
    return new RunFilter(
        service,
        task,
        user,
        states,
        startedFrom,
        startedTo,
        parent,
        Optional.ofNullable(labels.app()),
        Optional.ofNullable(labels.brand()),
        Optional.ofNullable(labels.campaign()),
        project,
        createdFrom,
        createdBefore,
        isOfRoots,
        text);
  }

  /** Without a parent. */
  public RunFilter ofRoots() {
    return new RunFilter(
        service,
        task,
        user,
        states,
        startedFrom,
        startedTo,
        parent,
        app,
        brand,
        campaign,
        project,
        createdFrom,
        createdBefore,
        true,
        text);
  }

  /** Found by this text. */
  public RunFilter matching(String searched) {
    return new RunFilter(
        service,
        task,
        user,
        states,
        startedFrom,
        startedTo,
        parent,
        app,
        brand,
        campaign,
        project,
        createdFrom,
        createdBefore,
        isOfRoots,
        Optional.of(searched));
  }

  /**
   * Between which ids all runs lie that are meant. An id is made on a clock beside that of the
   * creation, or when an executor tells of a run that was made before; of one that was made more
   * than a day before, only a list without an end knows.
   */
  public RunList.Stretch stretch(Ids ids) {
    return new RunList.Stretch(
        createdFrom.flatMap(from -> ids.floorOf(from.minus(CLOCKS_APART))),
        createdBefore.flatMap(before -> ids.floorOf(before.plus(LONGEST_UNTOLD))));
  }

  private static void check(String text) {
    if (text.isEmpty() || text.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException("a search of " + text.length() + " characters");
    }
  }
}
