package dev.runs.adapters.rest.run;

import dev.runs.adapters.rest.request.Fields;
import dev.runs.application.run.NewRun;
import dev.runs.application.run.NewRun.Parent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the runs of a batch one after the other and knows by which labels they name each other as
 * parents.
 */
final class BatchFamily {

  /** The place of each labelled run among the sound ones; nothing for one that is not sound. */
  private final Map<String, Optional<Integer>> places = new HashMap<>();

  private final NewRuns newRuns;
  private int sound;

  BatchFamily(NewRuns newRuns) {
    this.newRuns = newRuns;
  }

  /** The next run of the batch; nothing when something is wrong with it. */
  Optional<NewRun> member(Fields fields) {
    var ref = fields.text("ref");
    if (ref.isPresent() && places.containsKey(ref.get())) {
      fields.refuse("ref", "ref is another item's already");
    }
    var run = newRuns.read(fields, this::parent).filter(_ -> fields.faults().isEmpty());
    ref.ifPresent(label -> places.putIfAbsent(label, run.map(_ -> sound)));
    run.ifPresent(_ -> sound++);
    return run;
  }

  private Optional<Parent> parent(Fields fields) {
    var ref = fields.text("parentRef");
    if (ref.isEmpty()) {
      return NewRuns.existingParent(fields);
    }
    if (NewRuns.existingParent(fields).isPresent()) {
      fields.refuse("parentRef", "parentRef and parentRunId exclude each other");
      return Optional.empty();
    }
    if (!places.containsKey(ref.get())) {
      fields.refuse("parentRef", "parentRef names no earlier item");
      return Optional.empty();
    }
    var place = places.get(ref.get());
    if (place.isEmpty()) {
      fields.refuse("parentRef", "parentRef names an item that is refused itself");
    }
    return place.map(Parent.InBatch::new);
  }
}
