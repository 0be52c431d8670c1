package dev.runs.application.run;

import dev.runs.application.Caller;
import dev.runs.application.Ids;
import dev.runs.application.ItemResult;
import dev.runs.application.access.Projects;
import dev.runs.application.event.RunEvents;
import dev.runs.application.rollup.Ledger;
import dev.runs.application.secret.InputCheck;
import dev.runs.domain.Rejection;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.Reach;
import dev.runs.domain.event.RunEvent;
import dev.runs.domain.queue.Job;
import dev.runs.domain.queue.JobKey;
import dev.runs.domain.queue.JobRequest;
import dev.runs.domain.queue.QueueRejected;
import dev.runs.domain.rollup.Delta;
import dev.runs.domain.run.Run;
import dev.runs.domain.run.RunId;
import dev.runs.domain.run.RunName;
import dev.runs.domain.run.RunPath;
import dev.runs.domain.run.RunRejected;
import dev.runs.domain.run.RunSpace;
import dev.runs.domain.secret.Credentials;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes runs, as part of a transaction, with everything that follows from their being there. */
public final class NewRunWriter {

  private static final int TRIES = 3;

  /** A run that somebody wants made. */
  public record Order(Caller caller, NewRun run, Credentials credentials) {

    /** Looks for credentials now, and not when everybody waits for the transaction. */
    public static Order of(Caller caller, NewRun run) {
      return new Order(caller, run, Credentials.in(run.given()));
    }
  }

  private final Owners owners;
  private final InputCheck inputCheck;
  private final Projects projects;
  private final Runs runs;
  private final QueueEntrance queue;
  private final Ledger ledger;
  private final RunEvents events;
  private final Ids ids;
  private final InstantSource clock;
  private final RandomGenerator names;

  /**
   * @param names where generated names come from
   */
  public NewRunWriter(
      Owners owners,
      InputCheck inputCheck,
      Projects projects,
      Runs runs,
      QueueEntrance queue,
      Ledger ledger,
      RunEvents events,
      Ids ids,
      InstantSource clock,
      RandomGenerator names) {
    this.owners = owners;
    this.inputCheck = inputCheck;
    this.projects = projects;
    this.runs = runs;
    this.queue = queue;
    this.ledger = ledger;
    this.events = events;
    this.ids = ids;
    this.clock = clock;
    this.names = names;
  }

  /**
   * Does a transaction again. A generated name or a key that is taken, or a parent that is deleted
   * at the same moment, shows only when the rows are written; from the start again, it is seen in
   * time.
   */
  public static <T> T retrying(Supplier<T> transaction) {
    for (var attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (Runs.NameTaken | QueueEntrance.Taken | RunRejected.ParentNotFound e) {
        if (attempt == TRIES || (e instanceof RunRejected.ParentNotFound p && !p.isLate())) {
          throw e;
        }
      }
    }
  }

  /**
   * As part of the open transaction.
   *
   * @throws Rejection when the run is refused
   */
  public MadeRun writeOne(Order order) {
    return switch (write(List.of(order)).getFirst()) {
      case ItemResult.Done<MadeRun>(var made) -> made;
      case ItemResult.Refused<MadeRun>(var rejection) -> throw rejection;
    };
  }

  /** What became of each order, in their order; a refused one leaves nothing behind. */
  public List<ItemResult<MadeRun>> write(List<Order> orders) {
    var now = clock.instant();
    var owned = owners.of(orders.stream().map(Order::caller).toList(), newRuns(orders), now);
    var batch = new Batch(parents(orders), known(orders, owned), now);
    for (var i = 0; i < orders.size(); i++) {
      batch.make(orders.get(i), i, owned.get(i));
    }
    batch.store(orders);
    return batch.results;
  }

  /** What the queue knows of the requests among these orders, by their place. */
  private Map<Integer, ItemResult<QueueEntrance.Known>> known(
      List<Order> orders, List<ItemResult<Owners.Owned>> owned) {
    var places = new ArrayList<Integer>();
    var asked = new ArrayList<QueueEntrance.Asked>();
    for (var i = 0; i < orders.size(); i++) {
      var job = orders.get(i).run().job();
      if (job.isPresent() && owned.get(i) instanceof ItemResult.Done<Owners.Owned>(var owner)) {
        places.add(i);
        asked.add(new QueueEntrance.Asked(owner.organization(), job.get()));
      }
    }
    var answers = queue.look(asked);
    var known = new HashMap<Integer, ItemResult<QueueEntrance.Known>>();
    for (var i = 0; i < answers.size(); i++) {
      known.put(places.get(i), answers.get(i));
    }
    return known;
  }

  /** The runs that are made in one transaction. */
  private final class Batch {

    private record Key(OrganizationId organization, JobKey key) {}

    private final Map<RunId, Run> parents;
    private final Set<RunPath> canceled;
    private final Map<Integer, ItemResult<QueueEntrance.Known>> known;
    private final Instant now;
    private final Spaces spaces = new Spaces(projects);
    private final List<ItemResult<MadeRun>> results = new ArrayList<>();
    private final Map<Integer, QueueEntrance.Entering> entering = new LinkedHashMap<>();
    private final Map<Key, Integer> placeOfKey = new HashMap<>();

    Batch(
        Map<RunId, Run> parents, Map<Integer, ItemResult<QueueEntrance.Known>> known, Instant now) {
      this.parents = parents;
      this.canceled = queue.canceledAmong(above(parents, known));
      this.known = known;
      this.now = now;
    }

    /** Whatever there is already that can have one of the new runs below it. */
    private static Set<RunPath> above(
        Map<RunId, Run> parents, Map<Integer, ItemResult<QueueEntrance.Known>> known) {
      var paths =
          parents.values().stream().map(Run::path).collect(Collectors.toCollection(HashSet::new));
      for (var answer : known.values()) {
        if (answer instanceof ItemResult.Done<QueueEntrance.Known>(var its)) {
          its.before().ifPresent(made -> paths.add(made.run().path()));
        }
      }
      return paths;
    }

    void make(Order order, int place, ItemResult<Owners.Owned> owned) {
      try {
        results.add(
            new ItemResult.Done<>(
                switch (owned) {
                  case ItemResult.Refused<Owners.Owned>(var rejection) -> throw rejection;
                  case ItemResult.Done<Owners.Owned>(var owner) -> made(order, place, owner);
                }));
      } catch (Rejection rejection) {
        results.add(new ItemResult.Refused<>(rejection));
      }
    }

    private MadeRun made(Order order, int place, Owners.Owned owner) {
      inputCheck.refuseCredentials(owner.organization(), order.credentials());
      var asked = Optional.ofNullable(known.get(place)).map(Batch::orThrow);
      var before = asked.flatMap(its -> its.before().or(() -> inThisBatch(owner, its.request())));
      if (before.isPresent()) {
        return within(order.caller().reach(), before.get());
      }
      var parent = parent(order, owner, parents, results);
      parent
          .filter(above -> canceled.contains(above.path()))
          .ifPresent(_ -> {
            throw new QueueRejected.CanceledAbove();
          });
      var space = spaces.of(order.caller(), owner.organization(), order.run().project(), parent);
      var run = run(order.run(), owner, space, parent, now);
      asked.ifPresent(its -> enter(place, run, its.request()));
      return new MadeRun(run, asked.map(its -> Job.waiting(run.id(), its.request())), true);
    }

    /**
     * A key names one run, whoever asks; a caller who may not see it learns only that it is taken.
     */
    private static MadeRun within(Reach reach, MadeRun before) {
      if (!reach.includes(before.run().organization(), before.run().space().project())) {
        throw new QueueRejected.KeyReused();
      }
      return before;
    }

    private static QueueEntrance.Known orThrow(ItemResult<QueueEntrance.Known> known) {
      return switch (known) {
        case ItemResult.Done<QueueEntrance.Known>(var value) -> value;
        case ItemResult.Refused<QueueEntrance.Known>(var rejection) -> throw rejection;
      };
    }

    private Optional<MadeRun> inThisBatch(Owners.Owned owner, JobRequest request) {
      return request
          .key()
          .map(key -> placeOfKey.get(new Key(owner.organization(), key)))
          .map(place -> {
            var other = entering.get(place);
            if (other == null || !other.request().fingerprint().equals(request.fingerprint())) {
              throw new QueueRejected.KeyReused();
            }
            return new MadeRun(
                other.run(), Optional.of(Job.waiting(other.run().id(), other.request())), false);
          });
    }

    private void enter(int place, Run run, JobRequest request) {
      entering.put(place, new QueueEntrance.Entering(run, request));
      request.key().ifPresent(key -> placeOfKey.put(new Key(run.organization(), key), place));
    }

    void store(List<Order> orders) {
      var made = new ArrayList<Run>();
      var told = new ArrayList<RunEvent>();
      for (var i = 0; i < results.size(); i++) {
        if (results.get(i) instanceof ItemResult.Done<MadeRun>(var one) && one.isNew()) {
          var actor = orders.get(i).caller().principal();
          made.add(one.run());
          told.add(RunEvent.created(one.run(), actor));
          one.job().ifPresent(_ -> told.add(RunEvent.enqueued(one.run(), actor)));
        }
      }
      runs.addAll(made);
      if (!entering.isEmpty()) {
        queue.enter(List.copyOf(entering.values()));
      }
      ledger.add(
          Delta.merged(made.stream().flatMap(run -> Delta.ofCreated(run).stream()).toList()));
      events.add(told);
    }
  }

  private Run run(
      NewRun run, Owners.Owned owner, RunSpace space, Optional<Run> parent, Instant now) {
    var id = new RunId(ids.next());
    var path = parent.map(above -> above.path().child(id)).orElseGet(() -> RunPath.ofRoot(id));
    var name = RunName.generated(names);
    if (run.job().isPresent()) {
      return Run.queued(path, owner.organization(), space, name, run.origin(), now);
    }
    var user = owner.user().orElse(null);
    return run.standing().isPresent()
        ? Run.begun(
            path,
            owner.organization(),
            space,
            name,
            run.origin(),
            run.labels(),
            user,
            run.standing().get().state(),
            run.standing().get().startedAt().orElse(null),
            now)
        : Run.tracked(
            path, owner.organization(), space, name, run.origin(), run.labels(), user, now);
  }

  private static Optional<Run> parent(
      Order order, Owners.Owned owner, Map<RunId, Run> parents, List<ItemResult<MadeRun>> before) {
    return order
        .run()
        .parent()
        .map(parent ->
            switch (parent) {
              case NewRun.Parent.Existing(var id) ->
                  Optional.ofNullable(parents.get(id))
                      .filter(above -> above.organization().equals(owner.organization()))
                      .filter(above ->
                          order
                              .caller()
                              .reach()
                              .includes(above.organization(), above.space().project()))
                      .orElseThrow(() -> new RunRejected.ParentNotFound(id.toString()));
              case NewRun.Parent.InBatch(var index) -> inBatch(index, owner, before);
            });
  }

  private static Run inBatch(int index, Owners.Owned owner, List<ItemResult<MadeRun>> before) {
    return switch (before.get(index)) {
      case ItemResult.Done<MadeRun>(var above)
          when above.run().organization().equals(owner.organization()) ->
          above.run();
      case ItemResult.Done<MadeRun> _, ItemResult.Refused<MadeRun> _ ->
          throw new RunRejected.ParentNotFound("of item " + index);
    };
  }

  private Map<RunId, Run> parents(List<Order> orders) {
    var named =
        newRuns(orders).stream()
            .flatMap(run -> run.parent().stream())
            .flatMap(parent ->
                parent instanceof NewRun.Parent.Existing(var id) ? Stream.of(id) : Stream.empty())
            .collect(Collectors.toSet());
    return named.isEmpty() ? Map.of() : runs.findAll(Reach.everywhere(), named);
  }

  private static List<NewRun> newRuns(List<Order> orders) {
    return orders.stream().map(Order::run).toList();
  }
}
