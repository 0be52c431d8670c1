package dev.runs.application.cost;

import dev.runs.domain.cost.CostLineId;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Quantity;
import dev.runs.domain.run.RunId;
import java.util.Optional;

/**
 * Something a run used.
 *
 * @param quantity as the client wrote it, not yet rounded
 * @param corrects the line this one takes back; nothing on most lines
 */
public record NewCost(RunId run, CostName name, Quantity quantity, Optional<CostLineId> corrects) {}
