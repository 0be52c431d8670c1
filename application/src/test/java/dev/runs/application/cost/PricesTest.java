package dev.runs.application.cost;

import static dev.runs.domain.run.RunFixtures.NOON;
import static dev.runs.domain.run.RunFixtures.SEARCHES;
import static dev.runs.domain.run.RunFixtures.TOKENS;
import static dev.runs.domain.run.RunFixtures.price;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.runs.application.Cursor;
import dev.runs.application.RequestRejected;
import dev.runs.application.UseCaseTest;
import dev.runs.domain.audit.AuditAction;
import dev.runs.domain.audit.AuditEntry;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.CostRejected;
import dev.runs.domain.cost.Price;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Setting, showing and removing the prices that are kept here. */
final class PricesTest extends UseCaseTest {

  @Test
  void areInEffectFromNowOnWhenNothingElseIsSaid() {
    var set = set(TOKENS, "0.12345678905");

    assertThat(set.unitPrice()).isEqualTo(price("0.1234567891"));
    assertThat(set.effectiveFrom()).isEqualTo(NOON);
    assertThat(show().current(TOKENS)).isEqualTo(set);
  }

  @Test
  void areNotInEffectBeforeTheirInstant() {
    setPrice().set(PLATFORM, TOKENS, price("1"), Optional.of(NOON.plusSeconds(1)));

    assertThatExceptionOfType(CostRejected.PriceNotFound.class)
        .isThrownBy(() -> show().current(TOKENS));
    clock.advance(Duration.ofSeconds(1));
    assertThat(show().current(TOKENS).unitPrice()).isEqualTo(price("1").rounded());
  }

  @Test
  void areSeededWhereThereIsNoneYet() {
    set(TOKENS, "1");
    clock.advance(Duration.ofSeconds(1));

    setPrice().seed(Map.of(TOKENS, price("5"), SEARCHES, price("7")));

    assertThat(show().current(TOKENS).unitPrice()).isEqualTo(price("1").rounded());
    assertThat(show().current(SEARCHES).unitPrice()).isEqualTo(price("7").rounded());
  }

  @Test
  void areShownInPagesInTheOrderOfTheirNames() {
    set(TOKENS, "1");
    set(SEARCHES, "2");
    set(new CostName("é/ 'x'"), "3");

    var first = show().all(Optional.empty(), 2);
    var rest = show().all(first.next(), 2);

    assertThat(first.items()).extracting(Price::name).containsExactly(SEARCHES, TOKENS);
    assertThat(rest.items()).extracting(Price::name).containsExactly(new CostName("é/ 'x'"));
    assertThat(rest.next()).isEmpty();
  }

  @Test
  void haveAHistoryInPages() {
    for (var i = 0; i < 3; i++) {
      set(TOKENS, "" + i);
      clock.advance(Duration.ofNanos(1_000));
    }

    var first = show().history(TOKENS, Optional.empty(), 2);
    var rest = show().history(TOKENS, first.next(), 2);

    assertThat(first.items())
        .extracting(Price::unitPrice)
        .containsExactly(price("2").rounded(), price("1").rounded());
    assertThat(rest.items()).extracting(Price::unitPrice).containsExactly(price("0").rounded());
    assertThat(rest.next()).isEmpty();
  }

  @Test
  void haveNoHistoryUnderAnUnknownName() {
    assertThatExceptionOfType(CostRejected.PriceNotFound.class)
        .isThrownBy(() -> show().history(TOKENS, Optional.empty(), 2));
  }

  @Test
  void refuseACursorThatIsNone() {
    set(TOKENS, "1");

    assertThatExceptionOfType(RequestRejected.BadCursor.class)
        .isThrownBy(() -> show().history(TOKENS, Optional.of(Cursor.of("yesterday")), 2));
    assertThatExceptionOfType(RequestRejected.BadCursor.class)
        .isThrownBy(() -> show().history(TOKENS, Optional.of("%%%"), 2));
  }

  @Test
  void areRemovedWithTheirHistory() {
    set(TOKENS, "1");
    var remove = new RemovePrice(world.priceList(), auditor(), world.transactions());

    remove.remove(PLATFORM, TOKENS);

    assertThatExceptionOfType(CostRejected.PriceNotFound.class)
        .isThrownBy(() -> show().current(TOKENS));
    assertThatExceptionOfType(CostRejected.PriceNotFound.class)
        .isThrownBy(() -> remove.remove(PLATFORM, TOKENS));
  }

  @Test
  void areAuditedWhenACallerChangesThem() {
    set(TOKENS, "1.5");
    new RemovePrice(world.priceList(), auditor(), world.transactions()).remove(PLATFORM, TOKENS);

    var noted = world.auditTrail().all();
    assertThat(noted)
        .extracting(AuditEntry::action)
        .containsExactly(AuditAction.PRICE_SET, AuditAction.PRICE_REMOVED);
    assertThat(noted)
        .allSatisfy(entry -> {
          assertThat(entry.actor()).isEqualTo(ACTOR);
          assertThat(entry.organization()).isEmpty();
          assertThat(entry.target()).isEqualTo("price:" + TOKENS);
        });
    assertThat(noted.getFirst().details())
        .isEqualTo(
            Map.of("costPerUnitInUsdCents", "1.5000000000", "effectiveFrom", NOON.toString()));
  }

  @Test
  void areNotAuditedWhenTheyAreSeededOrNothingIsRemoved() {
    setPrice().seed(Map.of(TOKENS, price("5")));
    assertThatExceptionOfType(CostRejected.PriceNotFound.class)
        .isThrownBy(() ->
            new RemovePrice(world.priceList(), auditor(), world.transactions())
                .remove(PLATFORM, SEARCHES));

    assertThat(world.auditTrail().all()).isEmpty();
  }

  @Test
  void ofTheLongestNameAreAudited() {
    var longest = new CostName("x".repeat(CostName.MOST_CHARACTERS));

    set(longest, "1");

    assertThat(world.auditTrail().all())
        .singleElement()
        .returns("price:" + longest, AuditEntry::target);
  }

  private Price set(CostName name, String cents) {
    return setPrice().set(PLATFORM, name, price(cents), Optional.empty());
  }

  private SetPrice setPrice() {
    return new SetPrice(world.priceList(), auditor(), world.transactions(), ids, clock);
  }

  private ShowPrices show() {
    return new ShowPrices(world.priceList(), clock);
  }
}
