package dev.runs.bootstrap.demo;

import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.UnitPrice;
import java.math.BigDecimal;

/** What the company pays for, and what one of it costs in US cents. */
enum Price {
  LARGE_INPUT("gpt-4o-input-tokens", "0.00025"),
  LARGE_OUTPUT("gpt-4o-output-tokens", "0.001"),
  SMALL_INPUT("gpt-4o-mini-input-tokens", "0.000015"),
  SMALL_OUTPUT("gpt-4o-mini-output-tokens", "0.00006"),
  EMBEDDING("text-embedding-3-small-tokens", "0.000002"),
  IMAGE("image-generation", "4"),
  MAIL("mail-delivery", "0.04"),
  SEARCH("web-search", "0.5"),
  CPU("cpu-core-seconds", "0.0013"),
  GPU("gpu-seconds", "0.055");

  private final CostName name;
  private final UnitPrice unit;

  Price(String name, String cents) {
    this.name = new CostName(name);
    this.unit = new UnitPrice(new BigDecimal(cents));
  }

  CostName costName() {
    return name;
  }

  UnitPrice unit() {
    return unit;
  }

  /** So much of it. */
  Step.Use times(int quantity) {
    return new Step.Use(this, quantity);
  }
}
