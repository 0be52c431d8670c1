package dev.runs.bootstrap;

import dev.runs.application.cost.ShowPrices;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Price;
import dev.runs.domain.cost.UnitPrice;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keeps the price list, on the server's own machine. */
@Command(
    name = "prices",
    description = "Keeps the price list, on the server's own machine.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class PricesCommand implements Runnable {

  private final Map<String, String> environment;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  PricesCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public void run() {
    spec.commandLine().usage(out());
  }

  @Command(
      name = "list",
      description = "Lists the prices in effect: name, US cents per unit, since when.",
      mixinStandardHelpOptions = true)
  void list(@Mixin LocalPlatform local) {
    local.withOnly(
        environment,
        platform -> {
          var next = Optional.<String>empty();
          do {
            var page = platform.showPrices().all(next, ShowPrices.LARGEST_PAGE);
            page.items().forEach(price -> out().println(line(price)));
            next = page.next();
          } while (next.isPresent());
          return platform;
        });
  }

  @Command(
      name = "set",
      description = "Says what a unit costs from now on, or from an instant on.",
      mixinStandardHelpOptions = true)
  void set(
      @Mixin LocalPlatform local,
      @Parameters(paramLabel = "NAME", description = "What costs it.") String name,
      @Parameters(paramLabel = "CENTS", description = "US cents per unit, such as 0.25.")
          BigDecimal cents,
      @Option(names = "--from", paramLabel = "INSTANT", description = "As 2027-01-31T00:00:00Z.")
          @Nullable Instant from) {
    var kept =
        local.withOnly(
            environment,
            platform ->
                platform
                    .setPrice()
                    .set(
                        LocalPlatform.caller(platform, Optional.empty()),
                        new CostName(name),
                        new UnitPrice(cents),
                        Optional.ofNullable(from)));
    out().println(line(kept));
  }

  @Command(
      name = "remove",
      description = "Takes a name off the list. What was charged stays.",
      mixinStandardHelpOptions = true)
  void remove(
      @Mixin LocalPlatform local,
      @Parameters(paramLabel = "NAME", description = "What to take off.") String name) {
    local.withOnly(
        environment,
        platform -> {
          platform
              .removePrice()
              .remove(LocalPlatform.caller(platform, Optional.empty()), new CostName(name));
          return platform;
        });
    out().println("Removed " + name + ".");
  }

  private static String line(Price price) {
    return String.join(
        "\t",
        price.name().value(),
        price.unitPrice().cents().toPlainString(),
        price.effectiveFrom().toString());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
