package dev.runs.application.action;

import dev.runs.application.Caller;
import dev.runs.application.Transactions;
import dev.runs.application.event.RunEvents;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.run.Runs;
import dev.runs.domain.access.Scope;
import dev.runs.domain.action.ActionAddress;
import dev.runs.domain.action.ActionFacts;
import dev.runs.domain.action.ActionRejected;
import dev.runs.domain.action.ActionStatus;
import dev.runs.domain.action.ActionType;
import dev.runs.domain.action.Document;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunState;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives a condition what it waits for. */
public final class SignalCondition {

  private final Actions actions;
  private final Runs runs;
  private final Ledger ledger;
  private final RunEvents events;
  private final Transactions transactions;
  private final InstantSource clock;

  public SignalCondition(
      Actions actions,
      Runs runs,
      Ledger ledger,
      RunEvents events,
      Transactions transactions,
      InstantSource clock) {
    this.actions = actions;
    this.runs = runs;
    this.ledger = ledger;
    this.events = events;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Ends the condition with success. The same value again changes nothing.
   *
   * @param value makes the value, given what was recorded of the condition; refuses a value of
   *     another type by {@link ActionRejected.WrongSignal}
   * @param by who signals, for details; null when nobody is known
   * @return the condition as it is now
   * @throws ActionRejected.NotFound when there is no such action within the caller's reach
   * @throws ActionRejected.NotSignalable when it is no condition, was signalled otherwise or has
   *     ended
   */
  public Run signal(
      Caller caller,
      ActionAddress address,
      Function<Document, Document> value,
      @Nullable Document by) {
    caller.require(Scope.RUNS_WRITE);
    return Hearing.retrying(
        () -> transactions.inTransaction(() -> once(caller, address, value, by)));
  }

  private Run once(
      Caller caller,
      ActionAddress address,
      Function<Document, Document> value,
      @Nullable Document by) {
    var found =
        Optional.ofNullable(actions.findAll(List.of(address)).get(address))
            .filter(run -> caller.reach().includes(run.organization(), run.space().project()))
            .orElseThrow(() -> new ActionRejected.NotFound(address));
    var run =
        Optional.ofNullable(actions.hold(List.of(found.id())).get(found.id()))
            .orElseThrow(() -> new ActionRejected.NotFound(address));
    var spec =
        actions
            .facts(run.id())
            .filter(facts -> facts.type() == ActionType.CONDITION)
            .map(ActionFacts::spec)
            .orElseThrow(() -> new ActionRejected.NotSignalable(address, "it is no condition"));
    var signalled = value.apply(spec);
    var status = actions.statuses(List.of(run.id())).getOrDefault(run.id(), ActionStatus.NONE);
    if (signalled.equals(status.output())) {
      return run;
    }
    if (status.output() != null) {
      throw new ActionRejected.NotSignalable(address, "it was signalled with another value");
    }
    if (run.stateName().isTerminal()) {
      throw new ActionRejected.NotSignalable(
          address, "it has ended as " + run.stateName().wireName());
    }
    var now = clock.instant();
    var ended = run.ended(new RunState.Succeeded(now));
    runs.save(ended);
    actions.saveStatuses(Map.of(run.id(), status.signalled(signalled, by)));
    ledger.add(Delta.ofMove(run, ended));
    events.add(List.of(RunEvent.moved(ended, run.stateName(), caller.principal())));
    return ended;
  }
}
