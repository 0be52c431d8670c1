package dev.runs.application.cost;

import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.SEARCHES;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.price;
import static dev.runs.domain.run.RunFixtures.uuid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.runs.application.AtOnce;
import dev.runs.application.StoresContract;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Price;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every price list promises. */
public abstract class PriceListContract extends StoresContract {

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.0000000001", "0.9703944519", "999999.9999999999"})
  void givesBackAPriceToTheLastDecimal(String cents) {
    var entry = entry(1, TOKENS, cents, NOON);

    assertThat(put(entry)).isEqualTo(entry);
    assertThat(inEffect(TOKENS, NOON)).contains(entry);
  }

  @Test
  void changesTheEntryThatTakesEffectAtTheSameInstant() {
    put(entry(1, TOKENS, "1", NOON));
    var later =
        new Price(
            uuid(2), TOKENS, price("2").rounded(), NOON, NOON.plusSeconds(9), NOON.plusSeconds(9));

    var kept = put(later);

    assertThat(kept)
        .isEqualTo(
            new Price(uuid(1), TOKENS, price("2").rounded(), NOON, NOON, NOON.plusSeconds(9)));
    assertThat(stores().priceList().history(TOKENS, Optional.empty(), 10)).containsExactly(kept);
  }

  @Test
  void saysWhatIsInEffectAtAnInstant() {
    var first = put(entry(1, TOKENS, "1", NOON));
    var third = put(entry(3, TOKENS, "3", NOON.plusSeconds(20)));
    var second = put(entry(2, TOKENS, "2", NOON.plusSeconds(10)));

    assertThat(inEffect(TOKENS, NOON.minusNanos(1_000))).isEmpty();
    assertThat(inEffect(TOKENS, NOON)).contains(first);
    assertThat(inEffect(TOKENS, NOON.plusSeconds(10).minusNanos(1_000))).contains(first);
    assertThat(inEffect(TOKENS, NOON.plusSeconds(10))).contains(second);
    assertThat(inEffect(TOKENS, NOON.plusSeconds(1_000))).contains(third);
  }

  @Test
  void leavesOutNamesWithoutAPrice() {
    var tokens = put(entry(1, TOKENS, "1", NOON));
    put(entry(2, SEARCHES, "1", NOON.plusSeconds(1)));
    var names = List.of(TOKENS, SEARCHES, new CostName("unknown"));

    assertThat(stores().priceList().inEffect(names, NOON)).isEqualTo(Map.of(TOKENS, tokens));
    assertThat(stores().priceList().inEffect(List.of(), NOON)).isEmpty();
  }

  @Test
  void tellsNamesApartByTheirCase() {
    put(entry(1, new CostName("gpt"), "1", NOON));

    assertThat(inEffect(new CostName("GPT"), NOON)).isEmpty();
  }

  @Test
  void listsWhatIsInEffectInTheOrderOfTheNames() {
    var names = List.of("beta", "Alpha", "alpha", "Zeta", "éclair", "_x");
    for (var i = 0; i < names.size(); i++) {
      put(entry(10 + i, new CostName(names.get(i)), "1", NOON.minusSeconds(5)));
      put(entry(20 + i, new CostName(names.get(i)), "2", NOON));
      put(entry(30 + i, new CostName(names.get(i)), "3", NOON.plusSeconds(5)));
    }
    put(entry(1, new CostName("future"), "1", NOON.plusSeconds(5)));
    var inOrder = names.stream().sorted().toList();

    for (var size = 1; size <= names.size() + 1; size++) {
      var seen = new ArrayList<Price>();
      for (var page = stores().priceList().inEffect(NOON, Optional.empty(), size);
          !page.isEmpty();
          page = stores().priceList().inEffect(NOON, Optional.of(seen.getLast().name()), size)) {
        seen.addAll(page);
      }
      assertThat(seen).extracting(price -> price.name().value()).containsExactlyElementsOf(inOrder);
      assertThat(seen).allMatch(price -> price.effectiveFrom().equals(NOON));
    }
  }

  @Test
  void showsTheHistoryOfANameLatestEffectFirst() {
    var first = put(entry(1, TOKENS, "1", NOON));
    var third = put(entry(3, TOKENS, "3", NOON.plusSeconds(20)));
    var second = put(entry(2, TOKENS, "2", NOON.plusNanos(1_000)));
    put(entry(4, SEARCHES, "9", NOON));

    assertThat(history(Optional.empty(), 10)).containsExactly(third, second, first);
    assertThat(history(Optional.empty(), 2)).containsExactly(third, second);
    assertThat(history(Optional.of(second.effectiveFrom()), 2)).containsExactly(first);
    assertThat(history(Optional.of(first.effectiveFrom()), 2)).isEmpty();
  }

  @Test
  void removesANameWithItsHistory() {
    put(entry(1, TOKENS, "1", NOON));
    put(entry(2, TOKENS, "2", NOON.plusSeconds(1)));
    var other = put(entry(3, SEARCHES, "1", NOON));

    assertThat(remove(TOKENS)).isTrue();
    assertThat(remove(TOKENS)).isFalse();

    assertThat(history(Optional.empty(), 10)).isEmpty();
    assertThat(inEffect(SEARCHES, NOON)).contains(other);
  }

  @Test
  void keepsOneEntryHoweverManyPutItAtTheSameMoment() {
    var kept = AtOnce.with(8, i -> put(entry(100 + i, TOKENS, "1", NOON)));

    assertThat(kept).extracting(Price::id).containsOnly(kept.getFirst().id());
    assertThat(history(Optional.empty(), 10)).hasSize(1);
  }

  private Price put(Price price) {
    return stores().transactions().inTransaction(() -> stores().priceList().put(price));
  }

  private boolean remove(CostName name) {
    return stores().transactions().inTransaction(() -> stores().priceList().remove(name));
  }

  private Optional<Price> inEffect(CostName name, Instant at) {
    return Optional.ofNullable(stores().priceList().inEffect(List.of(name), at).get(name));
  }

  private List<Price> history(Optional<Instant> before, int limit) {
    return stores().priceList().history(TOKENS, before, limit);
  }

  private static Price entry(long number, CostName name, String cents, Instant from) {
    return new Price(uuid(number), name, price(cents).rounded(), from, NOON, NOON);
  }
}
