package dev.runs.adapters.rest.cost;

import dev.runs.adapters.rest.caller.Needs;
import dev.runs.adapters.rest.problem.Faults;
import dev.runs.adapters.rest.problem.Place;
import dev.runs.adapters.rest.request.Answers;
import dev.runs.adapters.rest.request.Body;
import dev.runs.adapters.rest.request.Fields;
import dev.runs.adapters.rest.request.Query;
import dev.runs.application.Caller;
import dev.runs.application.cost.RemovePrice;
import dev.runs.application.cost.SetPrice;
import dev.runs.application.cost.ShowPrices;
import dev.runs.domain.access.Scope;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.UnitPrice;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** The price list that is kept here. Names are percent-encoded in the path. */
@RestController
class PricesController {

  private static final String PRICE = "costPerUnitInUsdCents";

  private final SetPrice setPrice;
  private final ShowPrices showPrices;
  private final RemovePrice removePrice;

  PricesController(SetPrice setPrice, ShowPrices showPrices, RemovePrice removePrice) {
    this.setPrice = setPrice;
    this.showPrices = showPrices;
    this.removePrice = removePrice;
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping("/v1/costs")
  ResponseEntity<byte[]> list(Query query) {
    var limit = query.limit(ShowPrices.LARGEST_PAGE, ShowPrices.LARGEST_PAGE);
    var cursor = query.text("cursor");
    query.refuseIfWrong();
    return Answers.ok(PricePageJson.of(showPrices.all(cursor, limit), limit));
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping("/v1/costs/{name}")
  ResponseEntity<byte[]> current(@PathVariable String name) {
    return Answers.ok(PriceJson.of(showPrices.current(costName(name))));
  }

  @Needs(Scope.RUNS_READ)
  @GetMapping("/v1/costs/{name}/history")
  ResponseEntity<byte[]> history(@PathVariable String name, Query query) {
    var limit = query.limit(ShowPrices.LARGEST_PAGE, ShowPrices.LARGEST_PAGE);
    var cursor = query.text("cursor");
    query.refuseIfWrong();
    return Answers.ok(PricePageJson.of(showPrices.history(costName(name), cursor, limit), limit));
  }

  @Needs(Scope.PLATFORM_ADMIN)
  @PutMapping("/v1/costs/{name}")
  ResponseEntity<byte[]> set(Caller caller, @PathVariable String name, Body body) {
    var costName = costName(name);
    var fields = Fields.of(body);
    var price = fields.made(PRICE, fields.required(PRICE, fields.decimal(PRICE)), UnitPrice::new);
    var effectiveFrom = fields.instant("effectiveFrom");
    fields.faults().refuseIfAny();
    return Answers.ok(
        PriceJson.of(setPrice.set(caller, costName, price.orElseThrow(), effectiveFrom)));
  }

  @Needs(Scope.PLATFORM_ADMIN)
  @DeleteMapping("/v1/costs/{name}")
  ResponseEntity<byte[]> remove(Caller caller, @PathVariable String name) {
    removePrice.remove(caller, costName(name));
    return Answers.nothing();
  }

  private static CostName costName(String name) {
    var faults = new Faults();
    var made = faults.attempt(new Place.Parameter("name"), () -> new CostName(name));
    faults.refuseIfAny();
    return made.orElseThrow();
  }
}
