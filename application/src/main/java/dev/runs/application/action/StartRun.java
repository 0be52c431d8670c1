package dev.runs.application.action;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.domain.access.AccessRejected;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Scope;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ActionRejected;
import dev.runs.domain.action.Document;
import dev.runs.domain.action.TaskGiven;
import dev.runs.domain.action.TriggerName;
import dev.runs.domain.queue.Payload;
import dev.runs.domain.secret.Credentials;
import dev.runs.domain.secret.Input;
import dev.runs.domain.secret.SecretRejected;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes runs that wait until an executor takes them up and reports on them. */
public final class StartRun {

  /** The most labels a run may have. */
  public static final int MOST_LABELS = 100;

  /** The most characters of a label's key and of its value. */
  public static final int MOST_LABEL_CHARACTERS = 255;

  /** What is to be executed. */
  public sealed interface Work {

    /** A task, with its specification or by its id alone. */
    record Task(TaskGiven task) implements Work {}

    /**
     * Whatever a trigger starts; what the request says besides goes before what the trigger says.
     */
    record Triggered(TriggerName trigger) implements Work {}
  }

  /**
   * A run that is wanted.
   *
   * @param project made on first use
   * @param domain 1 to 63 characters
   * @param name 1 to 30 characters; nothing for a generated one
   * @param inputs what it is given, at most 256 KiB; nothing for nothing
   * @param inputUri where inputs lie that are not given here; null for nowhere
   * @param runSpec how it is to be executed; null for nothing special
   * @param source how it came about; null when nobody says
   * @param startAt when it started, for one that has started elsewhere; null for now
   * @param executedBy who starts it, for details; null when nobody is known
   * @param createdBy the subject of who starts it, for filters; null when nobody is known
   * @param given all that the client has given, as it has given it; it must hold no credential
   */
  public record Request(
      OrganizationId organization,
      String project,
      String domain,
      Optional<String> name,
      Work work,
      Optional<Payload> inputs,
      @Nullable String inputUri,
      @Nullable String inputsHash,
      @Nullable Document runSpec,
      Map<String, String> labels,
      @Nullable String source,
      @Nullable Instant startAt,
      @Nullable Document executedBy,
      @Nullable String createdBy,
      @Nullable Document relation,
      Input given) {

    public Request {
      labels = Map.copyOf(labels);
    }
  }

  private final NewActions newActions;
  private final Hearing hearing;
  private final EarlyHearing earlyHearing;
  private final Transactions transactions;

  public StartRun(
      NewActions newActions,
      Hearing hearing,
      EarlyHearing earlyHearing,
      Transactions transactions) {
    this.newActions = newActions;
    this.hearing = hearing;
    this.earlyHearing = earlyHearing;
    this.transactions = transactions;
  }

  /**
   * Makes the run, in phase {@code QUEUED} of its first attempt.
   *
   * @throws ActionRejected.NameTaken when the name is in use; a request that is repeated asks for
   *     another run
   * @throws ActionRejected.BadProject when the project's name can be none
   * @throws ActionRejected.TriggerNotFound when it names a trigger that is unknown
   * @throws AccessRejected.UnknownProject when the project is beyond the caller's reach
   * @throws SecretRejected.CredentialFound when what was given holds what looks like a credential
   */
  public ActionView start(Caller caller, Request request) {
    caller.require(Scope.RUNS_WRITE);
    var found = Credentials.in(request.given());
    var made =
        Hearing.retrying(() -> transactions.inTransaction(() -> once(caller, request, found)));
    earlyHearing.lookAgain(made.lookFor());
    return made.run();
  }

  private record Made(ActionView run, Set<ActionAddress> lookFor) {}

  private Made once(Caller caller, Request request, Credentials found) {
    var run = newActions.start(caller, request, found);
    var lookFor = new HashSet<ActionAddress>();
    lookFor.add(run.address());
    lookFor.addAll(hearing.hearWaiting(Set.of(run.address()), EarlyHearing.MOST_AT_ONCE).lookFor());
    return new Made(run, lookFor);
  }
}
