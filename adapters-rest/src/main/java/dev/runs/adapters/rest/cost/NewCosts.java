package dev.runs.adapters.rest.cost;

import dev.runs.adapters.rest.request.Fields;
import dev.runs.application.cost.NewCost;
import dev.runs.domain.cost.CostLineId;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Quantity;
import dev.runs.domain.run.RunId;
import java.util.Optional;

/** Reads what clients want booked. What is wrong is noted at the item; it then reads as nothing. */
final class NewCosts {

  private NewCosts() {}

  /** A line that names its run itself. */
  static Optional<NewCost> of(Fields item) {
    return of(item, item.required("runId", item.uuid("runId")).map(RunId::new));
  }

  /** A line of a run that the path has named. */
  static Optional<NewCost> of(Fields item, Optional<RunId> run) {
    var name =
        item.made("costName", item.required("costName", item.text("costName")), CostName::new);
    var quantity =
        item.made("quantity", item.required("quantity", item.decimal("quantity")), Quantity::new);
    var corrects = item.uuid("correctsCostId").map(CostLineId::new);
    return item.faults().isEmpty()
        ? Optional.of(
            new NewCost(run.orElseThrow(), name.orElseThrow(), quantity.orElseThrow(), corrects))
        : Optional.empty();
  }
}
