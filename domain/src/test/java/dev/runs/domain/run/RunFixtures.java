package dev.runs.domain.run;

import dev.runs.domain.access.ExternalId;
import dev.runs.domain.access.Organization;
import dev.runs.domain.access.OrganizationId;
import dev.runs.domain.access.User;
import dev.runs.domain.access.UserId;
import dev.runs.domain.cost.CostLine;
import dev.runs.domain.cost.CostLineId;
import dev.runs.domain.cost.CostName;
import dev.runs.domain.cost.Quantity;
import dev.runs.domain.cost.UnitPrice;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** A small world that every test knows: two companies, three people, and the runs they make. */
public final class RunFixtures {

  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  public static final Organization ACME = organization(0xA1, "acme");
  public static final Organization GLOBEX = organization(0xA2, "globex");

  /** Ada and Ben work for Acme. */
  public static final User ADA = user(0xB1, ACME, "ada");

  public static final User BEN = user(0xB2, ACME, "ben");

  /** Another Ada, who works for Globex. */
  public static final User OTHER_ADA = user(0xB3, GLOBEX, "ada");

  public static final RunOrigin SEARCH = new RunOrigin("lead-service", "lead-search");
  public static final RunOrigin ENRICH = new RunOrigin("apollo-service", "enrich");

  public static final CostName TOKENS = new CostName("gpt-4o-input-tokens");
  public static final CostName SEARCHES = new CostName("apollo-search");

  private RunFixtures() {}

  /** A UUID of version 7 that is known by its number; later numbers are later ids. */
  public static UUID uuid(long number) {
    return new UUID(0x7000L, Long.MIN_VALUE | number);
  }

  public static RunId runId(long number) {
    return new RunId(uuid(number));
  }

  public static CostLineId lineId(long number) {
    return new CostLineId(uuid(number));
  }

  /** A root of Acme's that began at noon. */
  public static Run root(long number) {
    return rootOf(ACME.id(), number);
  }

  /** A root that began at noon. */
  public static Run rootOf(OrganizationId organization, long number) {
    return tracked(RunPath.ofRoot(runId(number)), organization, number);
  }

  /** A run below another one, of the same organization, that began at noon. */
  public static Run child(Run parent, long number) {
    return tracked(parent.path().child(runId(number)), parent.organization(), number);
  }

  /** The run as its client says it ended, one minute after noon. */
  public static Run ended(Run run, StateName state) {
    return run.report(report(state));
  }

  /** A client's report, one minute after noon, in a vocabulary that has a word for every state. */
  public static RunReport report(StateName state) {
    return report(state, NOON.plusSeconds(60));
  }

  public static RunReport report(StateName state, Instant at) {
    return RunReport.byClient(state(state, at), Set.of(state), at);
  }

  /** The state of this name, reached at an instant, with the plainest facts it may have. */
  public static RunState state(StateName name, Instant at) {
    return switch (name) {
      case SUCCEEDED -> new RunState.Succeeded(at);
      case FAILED -> new RunState.Failed(at, RunFailure.UNEXPLAINED);
      case TIMED_OUT -> new RunState.TimedOut(at);
      case CANCELED -> new RunState.Canceled(at);
      case PENDING, QUEUED, WAITING_FOR_RESOURCES, INITIALIZING, RUNNING, PAUSED ->
          RunState.live(name);
    };
  }

  public static CostLine line(long number, Run run, CostName name, String quantity, String price) {
    return CostLine.priced(
        lineId(number), run, name, quantity(quantity), price(price), NOON.plusSeconds(1));
  }

  public static Quantity quantity(String value) {
    return new Quantity(new BigDecimal(value));
  }

  public static UnitPrice price(String cents) {
    return new UnitPrice(new BigDecimal(cents));
  }

  private static Run tracked(RunPath path, OrganizationId organization, long number) {
    return Run.tracked(
        path,
        organization,
        RunSpace.DEFAULT,
        new RunName("r" + number),
        SEARCH,
        RunLabels.NONE,
        null,
        NOON);
  }

  private static Organization organization(long number, String externalId) {
    return Organization.made(new OrganizationId(uuid(number)), new ExternalId(externalId), NOON);
  }

  private static User user(long number, Organization organization, String externalId) {
    return new User(
        new UserId(uuid(number)), organization.id(), new ExternalId(externalId), NOON, NOON);
  }
}
